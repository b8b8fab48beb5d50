import { catalogue } from '../shared/texts/catalogue';
import type { ClinicTexts } from '../shared/texts/clinic/en';
import type { EvidenceTexts } from '../shared/texts/clinic/evidence/en';
import type { PatientTexts } from '../shared/texts/clinic/patient/en';

/** The physician's texts in the language on screen. */
export const { texts, language, load: loadTexts, choose: chooseTexts, later } = catalogue<ClinicTexts>({
  en: () => import('../shared/texts/clinic/en'),
  es: () => import('../shared/texts/clinic/es'),
});

/** Texts of the page that tells how often the comparison is wrong. */
export const { texts: evidenceTexts, load: loadEvidenceTexts } = later<EvidenceTexts>({
  en: () => import('../shared/texts/clinic/evidence/en'),
  es: () => import('../shared/texts/clinic/evidence/es'),
});

/** Texts of a patient's page beside those that other pages share. */
export const { texts: patientTexts, load: loadPatientTexts } = later<PatientTexts>({
  en: () => import('../shared/texts/clinic/patient/en'),
  es: () => import('../shared/texts/clinic/patient/es'),
});
