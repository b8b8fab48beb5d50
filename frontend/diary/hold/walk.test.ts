// @vitest-environment happy-dom
import 'fake-indexeddb/auto';
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Screening, Trial } from '../../shared/api/types';
import { aNeed, aResult } from '../../test/results';
import { running, said, stand, type Standing } from '../../test/walk';
import { stopSigns } from '../../shared/stop-signs';
import { sections } from '../first-day';
import { nothingAnswered } from '../start/answers/answers';
import { chooseTexts, loadPlanTexts, loadResultTexts, loadStartTexts, loadTexts, planTexts, resultTexts, startTexts, texts } from '../texts';
import { nothingHeld, type HoldCopy } from './copy';

const screens = ['/', '/plan', '/hold', '/cramp', '/nights', '/nights/2026-11-08', '/nights/2026-11-05', '/result', '/me', '/me/reminders', '/start', ...sections.map((name) => `/start/${name}`)];
/** Where what to do tonight stands. */
const instructing = ['/', '/plan', '/cramp'];
const outcomes: Screening['outcome'][] = ['not_answered', 'incomplete', 'free', 'ask_first', 'blocked'];
const night = '2026-11-09';
const ofNight = (code: string): HoldCopy => ({ ...nothingHeld, known: [{ night_date: night, code, since: night }] });
const ofScreen = (code: string): HoldCopy => ({ ...nothingHeld, known: [{ night_date: null, code, since: night }] });
const holds: [string, HoldCopy][] = [['nothing', nothingHeld], ['red_flag', ofScreen('red_flag')], ['acute_dvt', ofScreen('acute_dvt')], ...stopSigns.map((code): [string, HoldCopy] => [code, ofNight(code)])];
const trials: [string, Trial | null][] = [['no trial', null], ['a trial that runs', running], ['a trial to come', { ...running, start_date: '2026-11-20', end_date: '2026-12-07' }], ['a trial that is over', { ...running, start_date: '2026-10-20', end_date: '2026-11-06' }]];

let standing: Standing;
const place = document.createElement('div');

/** The server of this walk: it answers what the phone knows already. */
function answer(path: string): unknown {
  const { outcome, trial, holds: { known } } = standing;
  const screening = {
    questions_version: '2026-11-legs', answers: Object.fromEntries(Object.keys(startTexts.value.safety.questions).map((code) => [code, outcome === 'not_answered' ? null : outcome === 'blocked' && code === 'acute_dvt'])),
    abi_left: null, abi_right: null, abi: null, asked: {}, red_flags: [], version: outcome === 'not_answered' ? 0 : 1, answered_at: '2026-11-01T10:00:00Z', outcome,
    blocked: outcome === 'blocked' ? ['acute_dvt'] : [], ask_first: outcome === 'ask_first' ? ['diabetes'] : [], unconfirmed: outcome === 'ask_first' ? ['diabetes'] : [],
    missing: ['incomplete', 'not_answered'].includes(outcome) ? ['diabetes'] : [], confirmed_since: '2026-05-14',
  };
  if (path.endsWith('/screening')) return screening;
  if (path.endsWith('/holds')) return { holds: known.map((sign) => ({ ...sign, told_at: '2026-11-10T07:00:00Z', ends: [], ended: null })) };
  if (path.endsWith('/result')) return trial && trial.end_date > '2026-11-09' ? aResult('running', { needs: [aNeed('planned_end')], first_night: trial.start_date, last_night: trial.end_date }) : aResult('insufficient', { needs: [aNeed('nights_on', 1, 4)], first_night: '2026-11-08' });
  if (path.endsWith('/trials')) return { trials: trial ? [trial] : [] };
  if (path.endsWith('/garment')) return { scheme: null, compression_class: null, mmhg_low: null, mmhg_high: null, length: null, version: 0, answered_at: null };
  if (path.endsWith('/health-history')) return { ...nothingAnswered.health, version: 0, answered_at: null };
  if (path.endsWith('/check')) return { design: 'pairs', grade: 'A', exact: true, n_schedules: 4096, smallest_p: 0.001, planned_nights: 72, expected_nights: 60, rate: 0.6, expected_power: 0.6, power_error: 0.01, nights_needed: 90, remarks: [], answers_after: [36, 54, 72] };
  if (path.endsWith('/login')) return { response: { csrf_token: 'a token' } };
  if (path.endsWith('/shares')) return { shares: [] };
  return {};
}

beforeAll(async () => {
  await Promise.all([loadTexts(), loadPlanTexts(), loadStartTexts(), loadResultTexts()]);
  vi.stubGlobal('fetch', (request: Request) => {
    const { pathname } = new URL(request.url);
    return Promise.resolve(new Response(JSON.stringify(answer(pathname)), { headers: { 'Content-Type': 'application/json' } }));
  });
});

/** What follows a plan, or leads to one: none of it may be read while stockings stay off. */
function instructions(): string[] {
  const { plan, today } = texts.value;
  const { trial, stockings, safety } = startTexts.value;
  const { phases, legendOn } = planTexts.value;
  const on = [...Object.values(plan.on), ...Object.values(plan.next.on), plan.cell(true), ...Object.values(legendOn), trial.on];
  const leads = [phases.running, trial.chooseTitle, trial.noneText, trial.noneChosenText, trial.draw, safety.outcomes.free, safety.freeText, planTexts.value.begin, planTexts.value.again];
  return [...on, ...leads, today.thanks, stockings.none[1]!, resultTexts.value.noneText, resultTexts.value.leads.running, resultTexts.value.leads.insufficient, resultTexts.value.endedShort.again];
}

const untold = (text: string) => instructions().filter((each) => text.includes(each));

/** Every answer with every sign while a trial runs; before and after it, and without one, what differs in kind. */
const cases = trials.flatMap(([name, trial]) =>
  outcomes.flatMap((outcome) => holds.map(([sign, held]) => [name, outcome, sign, trial, held] as const)).filter(([, outcome, sign]) => trial === running || (['free', 'blocked'].includes(outcome) && ['nothing', 'red_flag', 'numb'].includes(sign))),
);

describe.each(['en', 'es'] as const)('in %s', (language) => {
  beforeEach(() => chooseTexts(language));

  test.each(cases)('with %s, safety answers %s and the sign %s are told as one thing on every screen', async (_name, outcome, sign, trial, held) => {
    // Answers that block raise a sign of their own; the other way round a sign may outlive the answers.
    standing = { outcome, holds: outcome === 'blocked' && sign === 'nothing' ? ofScreen('acute_dvt') : held, trial };
    const { plan } = texts.value;
    const off = standing.holds.known.length > 0;
    for (const screen of screens) {
      await stand(standing);
      const text = await said(place, screen);
      const instructs = Object.values(plan.on).filter((each) => text.includes(each));
      if (off) expect([screen, untold(text)]).toEqual([screen, []]);
      if (off && instructing.includes(screen)) expect([screen, text]).toEqual([screen, expect.stringContaining(plan.leaveOff)]);
      if (!off) expect([screen, text.includes(plan.leaveOff)]).toEqual([screen, false]);
      if (!off && outcome === 'ask_first') expect([screen, instructs]).toEqual([screen, []]);
      if (!off && outcome !== 'ask_first') expect([screen, text.includes(plan.cellOff), text.includes(plan.askFirst)]).toEqual([screen, false, false]);
    }
  });
});
