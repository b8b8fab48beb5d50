import { useState } from 'preact/hooks';

/** The fields that cannot be saved as they are, by the id of their input; pass `onValidity` to each field. */
export function useValidity(): { invalid: ReadonlySet<string>; onValidity: (field: string, valid: boolean) => void } {
  const [invalid, setInvalid] = useState<ReadonlySet<string>>(new Set());
  const onValidity = (field: string, valid: boolean) => {
    setInvalid((known) => (valid ? new Set([...known].filter((each) => each !== field)) : new Set([...known, field])));
  };
  return { invalid, onValidity };
}
