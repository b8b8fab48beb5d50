import type { RestoredTexts } from '../../shared/texts/diary/restored/en';
import { later } from '../texts';

/** Texts for after a restore that lost an account; here, where they cost the first page nothing. */
export const { texts: restoredTexts, load: loadRestoredTexts } = later<RestoredTexts>({
  en: () => import('../../shared/texts/diary/restored/en'),
  es: () => import('../../shared/texts/diary/restored/es'),
});
