import { catalogue } from '../shared/texts/catalogue';
import type { ClinicTexts } from '../shared/texts/clinic/en';

/** The physician's texts in the language on screen. */
export const { texts, language, load: loadTexts, choose: chooseTexts } = catalogue<ClinicTexts>({
  en: () => import('../shared/texts/clinic/en'),
  es: () => import('../shared/texts/clinic/es'),
});
