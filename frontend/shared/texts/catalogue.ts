import { signal, type ReadonlySignal } from '@preact/signals';
import { chooseLanguage, chosenLanguage, type Language } from '../preferences';

/** One app's texts in the language on screen. Reading `texts.value` in a component follows a change of language. */
export interface Catalogue<T> {
  texts: ReadonlySignal<T>;
  language: ReadonlySignal<Language>;
  /** Loads the chosen language; call once before the first render. */
  load(): Promise<void>;
  /** Loads another language, then keeps and shows it. */
  choose(language: Language): Promise<void>;
}

/** A catalogue that loads only the language chosen. */
export function catalogue<T>(languages: Record<Language, () => Promise<{ default: T }>>): Catalogue<T> {
  const texts = signal<T>(undefined as T);
  const language = signal<Language>('en');
  const show = async (wanted: Language) => {
    const loaded = await languages[wanted]();
    texts.value = loaded.default;
    language.value = wanted;
  };
  return {
    texts,
    language,
    load: () => show(chosenLanguage()),
    choose: async (wanted) => {
      await show(wanted);
      chooseLanguage(wanted);
    },
  };
}
