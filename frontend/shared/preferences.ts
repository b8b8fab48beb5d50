import { keep, kept } from './device';

/** How the reader wants the app to look and speak; kept on the device, readable before the first paint. */
export type Scheme = 'auto' | 'light' | 'dark';
export type Language = 'en' | 'es';

const schemeKey = 'charley-scheme';
const languageKey = 'charley-language';

/** The chosen scheme, which the document shows from the start; `auto` follows the device. */
export function chosenScheme(): Scheme {
  const { scheme } = document.documentElement.dataset;
  return scheme === 'light' || scheme === 'dark' ? scheme : 'auto';
}

/** Keeps the scheme and shows it at once. */
export function chooseScheme(scheme: Scheme): void {
  const chosen = scheme === 'auto' ? null : scheme;
  keep(schemeKey, chosen);
  if (chosen) document.documentElement.dataset.scheme = chosen;
  else delete document.documentElement.dataset.scheme;
}

/** The scheme on screen, for what cannot use CSS variables. */
export function shownScheme(): 'light' | 'dark' {
  const scheme = chosenScheme();
  if (scheme !== 'auto') return scheme;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

/** The chosen language, else the device's first, else English. */
export function chosenLanguage(): Language {
  const language = kept(languageKey) ?? navigator.language;
  return language.startsWith('es') ? 'es' : 'en';
}

/** The device's own variety of a language, so that dates and numbers have the reader's form: 22 November for en-GB, November 22 for en-US. */
export function localeOf(language: string): string {
  return navigator.languages.find((tag) => tag.split('-')[0] === language) ?? language;
}

/** Keeps the language and marks the document with it; the app loads its catalogue. */
export function chooseLanguage(language: Language): void {
  keep(languageKey, language);
  document.documentElement.lang = language;
}
