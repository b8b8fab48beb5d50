import { catalogue } from '../shared/texts/catalogue';
import type { DiaryTexts } from '../shared/texts/diary/en';
import type { CrampTexts } from '../shared/texts/diary/cramp/en';
import type { DataTexts } from '../shared/texts/diary/data/en';
import type { DetailTexts } from '../shared/texts/diary/details/en';
import type { HelpTexts } from '../shared/texts/diary/help/en';
import type { HoldTexts } from '../shared/texts/diary/hold/en';
import type { MeTexts } from '../shared/texts/diary/me/en';
import type { NightsTexts } from '../shared/texts/diary/nights/en';
import type { PhoneTexts } from '../shared/texts/diary/phone/en';
import type { PlanTexts } from '../shared/texts/diary/plan/en';
import type { PasskeyTexts } from '../shared/texts/diary/passkeys/en';
import type { ReminderTexts } from '../shared/texts/diary/reminders/en';
import type { ResultTexts } from '../shared/texts/diary/result/en';
import type { SharingTexts } from '../shared/texts/diary/sharing/en';
import type { StartTexts } from '../shared/texts/diary/start/en';
import type { WelcomeTexts } from '../shared/texts/diary/welcome/en';

/** The patient's texts in the language on screen. */
export const { texts, language, load: loadTexts, choose: chooseTexts, later } = catalogue<DiaryTexts>({
  en: () => import('../shared/texts/diary/en'),
  es: () => import('../shared/texts/diary/es'),
});

/** Texts of signing up and in. */
export const { texts: welcomeTexts, load: loadWelcomeTexts } = later<WelcomeTexts>({
  en: () => import('../shared/texts/diary/welcome/en'),
  es: () => import('../shared/texts/diary/welcome/es'),
});

/** Texts of the places for recorded nights. */
export const { texts: nightsTexts, load: loadNightsTexts } = later<NightsTexts>({
  en: () => import('../shared/texts/diary/nights/en'),
  es: () => import('../shared/texts/diary/nights/es'),
});

/** Texts of the screen for the night. */
export const { texts: crampTexts, load: loadCrampTexts } = later<CrampTexts>({
  en: () => import('../shared/texts/diary/cramp/en'),
  es: () => import('../shared/texts/diary/cramp/es'),
});

/** Texts of the details of a night. */
export const { texts: detailTexts, load: loadDetailTexts } = later<DetailTexts>({
  en: () => import('../shared/texts/diary/details/en'),
  es: () => import('../shared/texts/diary/details/es'),
});

/** Texts of when to get help. */
export const { texts: helpTexts, load: loadHelpTexts } = later<HelpTexts>({
  en: () => import('../shared/texts/diary/help/en'),
  es: () => import('../shared/texts/diary/help/es'),
});

/** Texts of what speaks against stockings. */
export const { texts: holdTexts, load: loadHoldTexts } = later<HoldTexts>({
  en: () => import('../shared/texts/diary/hold/en'),
  es: () => import('../shared/texts/diary/hold/es'),
});

/** Texts of the place Plan. */
export const { texts: planTexts, load: loadPlanTexts } = later<PlanTexts>({
  en: () => import('../shared/texts/diary/plan/en'),
  es: () => import('../shared/texts/diary/plan/es'),
});

/** Texts of the place Result. */
export const { texts: resultTexts, load: loadResultTexts } = later<ResultTexts>({
  en: () => import('../shared/texts/diary/result/en'),
  es: () => import('../shared/texts/diary/result/es'),
});

/** Texts of the place Me. */
export const { texts: meTexts, load: loadMeTexts } = later<MeTexts>({
  en: () => import('../shared/texts/diary/me/en'),
  es: () => import('../shared/texts/diary/me/es'),
});

/** Texts of a person's data: copies, nights brought in, the end of an account. */
export const { texts: dataTexts, load: loadDataTexts } = later<DataTexts>({
  en: () => import('../shared/texts/diary/data/en'),
  es: () => import('../shared/texts/diary/data/es'),
});

/** Texts of sharing with a physician. */
export const { texts: sharingTexts, load: loadSharingTexts } = later<SharingTexts>({
  en: () => import('../shared/texts/diary/sharing/en'),
  es: () => import('../shared/texts/diary/sharing/es'),
});

/** Texts of signing in without a password. */
export const { texts: passkeyTexts, load: loadPasskeyTexts } = later<PasskeyTexts>({
  en: () => import('../shared/texts/diary/passkeys/en'),
  es: () => import('../shared/texts/diary/passkeys/es'),
});

/** Texts of the first day. */
export const { texts: startTexts, load: loadStartTexts } = later<StartTexts>({
  en: () => import('../shared/texts/diary/start/en'),
  es: () => import('../shared/texts/diary/start/es'),
});

/** Texts of reminders. */
export const { texts: reminderTexts, load: loadReminderTexts } = later<ReminderTexts>({
  en: () => import('../shared/texts/diary/reminders/en'),
  es: () => import('../shared/texts/diary/reminders/es'),
});

/** Texts for when the phone itself fails. */
export const { texts: phoneTexts, load: loadPhoneTexts } = later<PhoneTexts>({
  en: () => import('../shared/texts/diary/phone/en'),
  es: () => import('../shared/texts/diary/phone/es'),
});

