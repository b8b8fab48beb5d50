import { useSignal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import { copy } from '../copy';
import { SHARE_PATH } from '../routes';
import { texts } from '../texts';

/** The physician's code, large enough to read out, a button that copies it, and the way to its QR code. */
export function ShareCode({ code }: { code: string }) {
  const said = useSignal<'' | 'copied' | 'copyFailed'>('');
  const shown = useRef<HTMLElement>(null);
  const copyCode = async () => (said.value = (await copy(code, shown.current)) ? 'copied' : 'copyFailed');
  const { header } = texts.value;
  return (
    <div class="share-code">
      <span class="share-code-label">
        {header.code}
        <span role="status">{said.value ? header[said.value] : header.codeHint}</span>
      </span>
      <strong ref={shown} translate={false}>{code}</strong>
      <button type="button" class="button small" onClick={() => void copyCode()}>{header.copy}</button>
      <a class="button small" href={SHARE_PATH}>{header.qr}</a>
    </div>
  );
}
