import { signal } from '@preact/signals';
import type { ComponentType } from 'preact';
import { HelpIcon } from './components/icons';
import { loadHelpTexts, texts } from './texts';

const Page = signal<ComponentType<{ onClose: () => void }> | null>(null);
const shown = signal(false);

/** Shows when to get help, over whatever is on the screen. */
export async function openHelp(): Promise<void> {
  shown.value = true;
  const [{ RedFlags }] = await Promise.all([import('./pages/red-flags'), loadHelpTexts()]);
  Page.value = RedFlags;
}

/** The way to the red flags, on every page. */
export function HelpButton() {
  return (
    <button type="button" class="help-button" onClick={() => void openHelp()}>
      <HelpIcon />
      {texts.value.help.open}
    </button>
  );
}

/** The red flags, when asked for. */
export function Help() {
  const Shown = Page.value;
  return shown.value && Shown ? <Shown onClose={() => (shown.value = false)} /> : null;
}

/** The way to the red flags, within a text that leads there. */
export function HelpLink() {
  return <button type="button" class="link" onClick={() => void openHelp()}>{texts.value.help.title}</button>;
}

/** A sentence with the way to the red flags. */
export function HelpNotice({ text }: { text: string }) {
  return (
    <p class="notice" role="status">
      {text} <HelpLink />
    </p>
  );
}
