import { batch, signal, type ReadonlySignal } from '@preact/signals';
import { chooseLanguage, chosenLanguage, type Language } from '../preferences';

type Languages<T> = Record<Language, () => Promise<{ default: T }>>;

/** Texts of a place that is opened later; they follow every change of language once they are loaded. */
export interface LaterTexts<T> {
  texts: ReadonlySignal<T>;
  /** Loads them in the language on screen; call before the first render of the place. */
  load(): Promise<void>;
}

/** One app's texts in the language on screen. Reading `texts.value` in a component follows a change of language. */
export interface Catalogue<T> extends LaterTexts<T> {
  language: ReadonlySignal<Language>;
  /** Loads another language, then keeps and shows it. */
  choose(language: Language): Promise<void>;
  /** Texts that do not belong to the first load. */
  later<Part>(languages: Languages<Part>): LaterTexts<Part>;
}

/** A catalogue that loads only the language chosen. */
export function catalogue<T>(languages: Languages<T>): Catalogue<T> {
  const language = signal<Language>('en');
  const fetches = new Set<(wanted: Language) => Promise<() => void>>();

  /** Texts, and a way to fetch them first and show them together with others. */
  const part = <Part>(from: Languages<Part>) => {
    const texts = signal<Part>(undefined as Part);
    const fetch = async (wanted: Language) => {
      const loaded = await from[wanted]();
      return () => void (texts.value = loaded.default);
    };
    return { texts, fetch };
  };
  const show = async (wanted: Language) => {
    const shows = await Promise.all([...fetches].map((fetch) => fetch(wanted)));
    batch(() => {
      for (const showPart of shows) showPart();
      language.value = wanted;
    });
  };

  const { texts, fetch } = part(languages);
  fetches.add(fetch);
  // A place may be opened before the first texts have arrived, and with them the language on screen.
  const wantedNow = () => (texts.value === undefined ? chosenLanguage() : language.value);
  return {
    texts,
    language,
    load: () => show(chosenLanguage()),
    choose: async (wanted) => {
      await show(wanted);
      chooseLanguage(wanted);
    },
    later: (from) => {
      const place = part(from);
      const load = async () => {
        if (fetches.has(place.fetch)) return;
        (await place.fetch(wantedNow()))();
        fetches.add(place.fetch);
      };
      return { texts: place.texts, load };
    },
  };
}
