import { expect, test } from 'vitest';
import clinicEn from './clinic/en';
import clinicEs from './clinic/es';
import dataEn from './diary/data/en';
import dataEs from './diary/data/es';
import diaryEn from './diary/en';
import diaryEs from './diary/es';
import meEn from './diary/me/en';
import meEs from './diary/me/es';
import sharingEn from './diary/sharing/en';
import sharingEs from './diary/sharing/es';

test.each([
  ['en', diaryEn, meEn, dataEn, sharingEn, clinicEn],
  ['es', diaryEs, meEs, dataEs, sharingEs, clinicEs],
] as const)('in %s, a text that sends to a place calls it what the screen calls it', (_language, diary, { me }, data, sharing, clinic) => {
  expect(me.title).toBe(diary.nav.me);
  const sent: [string, string[]][] = [
    [diary.state.refused.other, [diary.nav.me, me.sendNow]],
    [diary.help.country, [diary.nav.me]],
    [diary.problem.notFoundText, [diary.nav.today]],
    [data.delete.signedOut, [diary.nav.me]],
    [clinic.share.noCamera, [diary.nav.me, sharing.title]],
    [clinic.roster.emptySteps[1]!, [diary.nav.me, sharing.title]],
  ];
  for (const [text, places] of sent) for (const place of places) expect(text).toMatch(new RegExp(`(?<!\\p{L})${place}(?!\\p{L})`, 'u'));
});
