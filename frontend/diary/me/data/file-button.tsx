import type { Chosen } from './import-api';

interface FileButtonProps {
  label: string;
  primary?: boolean;
  onChoose: (files: Chosen) => void;
}

/** Opens the device's own choice of files; takes one, or two that belong together. */
export function FileButton({ label, primary = false, onChoose }: FileButtonProps) {
  const choose = (input: HTMLInputElement) => {
    const files = [...(input.files ?? [])];
    // The same file, repaired, may be chosen again.
    input.value = '';
    if (files.length > 0) onChoose(files);
  };
  return (
    <label class={`${primary ? 'primary' : 'secondary'} file-button`}>
      {label}
      <input
        type="file"
        class="visually-hidden"
        multiple
        accept=".csv,.txt,.zip,text/csv,text/plain,application/zip"
        onChange={(event) => choose(event.currentTarget)}
      />
    </label>
  );
}
