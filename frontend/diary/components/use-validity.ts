import { useState } from 'preact/hooks';

/** Whether every field can be saved; pass `onValidity` to each. */
export function useValidity(): { valid: boolean; onValidity: (field: string, valid: boolean) => void } {
  const [invalid, setInvalid] = useState<ReadonlySet<string>>(new Set());
  const onValidity = (field: string, valid: boolean) => {
    setInvalid((known) => (valid ? new Set([...known].filter((each) => each !== field)) : new Set([...known, field])));
  };
  return { valid: invalid.size === 0, onValidity };
}
