import { localeOf, type Language } from '../preferences';

/** The forms a counted noun takes; languages that need more forms add them here. */
export interface Forms {
  one: string;
  other: string;
}

/** A function that writes a count with its noun: `count(2, {one: 'night', other: 'nights'})` is "2 nights". */
export function counter(language: Language): (n: number, forms: Forms) => string {
  const rules = new Intl.PluralRules(language);
  const number = new Intl.NumberFormat(localeOf(language));
  return (n, forms) => `${number.format(n)} ${rules.select(n) === 'one' ? forms.one : forms.other}`;
}
