import { signal } from '@preact/signals';
import { chooseScheme, chosenScheme, shownScheme, type Scheme } from '../shared/preferences';

/** The colors on screen, for figures that are drawn by the server. */
export const scheme = signal(shownScheme());

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => (scheme.value = shownScheme()));

/** Keeps the reader's choice of colors and shows it. */
export function pickScheme(chosen: Scheme): void {
  chooseScheme(chosen);
  scheme.value = shownScheme();
}

/** Shows light colors for as long as some work takes, whatever was chosen: paper is white. */
export async function inLight(work: () => Promise<void>): Promise<void> {
  const chosen = chosenScheme();
  document.documentElement.dataset.scheme = 'light';
  scheme.value = 'light';
  try {
    await work();
  } finally {
    pickScheme(chosen);
  }
}
