import { chosenScheme, type Language, type Scheme } from '../../shared/preferences';
import { pickScheme } from '../scheme';
import { chooseTexts, language, texts } from '../texts';

const SCHEMES: readonly Scheme[] = ['auto', 'light', 'dark'];
const LANGUAGES: readonly Language[] = ['en', 'es'];

/** Language and colors, kept on this device. */
export function Settings() {
  const { header } = texts.value;
  return (
    <div class="settings">
      <label>
        <span class="visually-hidden">{header.language}</span>
        <select value={language.value} onChange={(event) => void chooseTexts(event.currentTarget.value as Language)}>
          {LANGUAGES.map((code) => <option key={code} value={code} lang={code}>{header.languages[code]}</option>)}
        </select>
      </label>
      <label>
        <span class="visually-hidden">{header.scheme}</span>
        <select value={chosenScheme()} onChange={(event) => pickScheme(event.currentTarget.value as Scheme)}>
          {SCHEMES.map((name) => <option key={name} value={name}>{header.schemes[name]}</option>)}
        </select>
      </label>
    </div>
  );
}
