import { useState } from 'preact/hooks';
import { chooseScheme, chosenScheme, type Language } from '../../shared/preferences';
import { Choice } from '../components/choice';
import { PageTitle } from '../components/page-title';
import { tellProfile } from '../session/profile';
import { chooseTexts, language, meTexts } from '../texts';
import { BackToMe } from './back';

const schemes = ['auto', 'light', 'dark'] as const;
/** The languages, each in its own words. */
export const languages = [['en', 'English'], ['es', 'Español']] as const;

/** Scheme and language of this phone; the language is also told to the server, for texts it writes. */
export function Look() {
  const t = meTexts.value.me;
  const [scheme, setScheme] = useState(chosenScheme());
  const speak = async (wanted: Language) => {
    await chooseTexts(wanted);
    await tellProfile({ language: wanted });
  };
  return (
    <>
      <BackToMe />
      <PageTitle text={t.look} />
      <Choice
        legend={t.scheme}
        columns={3}
        options={schemes.map((each) => [each, t.schemes[each]] as const)}
        value={scheme}
        onChange={(wanted) => { chooseScheme(wanted); setScheme(wanted); }}
      />
      <Choice legend={t.language} columns={3} options={languages} value={language.value} onChange={(wanted) => void speak(wanted)} />
    </>
  );
}
