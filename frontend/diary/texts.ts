import { catalogue } from '../shared/texts/catalogue';
import type { DiaryTexts } from '../shared/texts/diary/en';

/** The patient's texts in the language on screen. */
export const { texts, language, load: loadTexts, choose: chooseTexts } = catalogue<DiaryTexts>({
  en: () => import('../shared/texts/diary/en'),
  es: () => import('../shared/texts/diary/es'),
});
