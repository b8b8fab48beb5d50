import { signal } from '@preact/signals';
import { render } from 'preact';
import { act } from 'preact/test-utils';
import type { Me, Screening, Trial } from '../shared/api/types';
import { addDays } from '../shared/nights';
import { App } from '../diary/app';
import { now } from '../diary/clock';
import type { HoldCopy } from '../diary/hold/copy';
import { openPlace } from '../diary/places';
import { navigate, routeOf } from '../diary/router';
import { safety } from '../diary/safety';
import { diary, me, planned, session } from '../diary/session/signals';
import { DiaryStore } from '../diary/store/store';
import type { Sync } from '../diary/sync/sync';
import { aNight } from './nights';
import { aTrial } from './trials';

/** Noon of this day is when the walk is taken, in the zone of the machine. */
export const today = '2026-11-10';

/** A trial that runs, and one that is over, as the phone knows them. */
export const running = aTrial({ exposure: 'day', start_date: '2026-11-01', end_date: '2026-11-18' });

/** How a person stands whose screens are walked through. */
export interface Standing {
  outcome: Screening['outcome'];
  holds: HoldCopy;
  trial: Trial | null;
}

const nobody: Me = {
  id: 'user-1', email: 'rose@example.org', role: 'patient', display_name: 'Rose', birth_year: 1950, country: 'ES', language: 'en', zone: 'UTC', usual_cramps_per_week: 4,
  reminder_morning: null, reminder_evening: null,
} as unknown as Me;

let store: DiaryStore | undefined;

/** Opens a diary with two nights, one of them with stockings, for somebody who stands so. */
export async function stand({ outcome, holds, trial }: Standing): Promise<void> {
  store ??= await DiaryStore.open('user-1');
  const plan = trial ? Array.from({ length: 18 }, (_, n) => ({ date: addDays(trial.start_date, n), assigned: n % 2 === 1 })) : [];
  const nights = [aNight('2026-11-08', { stockings_day: true, stockings_night: false }), aNight('2026-11-09', { stockings_day: true, stockings_night: false })];
  const sync: Sync = { connection: signal('ok'), clockAhead: signal(0), run: () => Promise.resolve(), stop: () => undefined };
  now.value = new Date(`${today}T12:30:00`);
  session.value = { store, sync };
  me.value = nobody;
  safety.value = outcome;
  planned.value = { trials: trial ? [trial] : [], plan, finished: null, asked: '' };
  diary.value = { nights: new Map(nights.map((night) => [night.night_date, { night_date: night.night_date, night, combined: false }])), outbox: new Map(), marks: [], left: [], holds, up: null };
}

/** Everything the screen at an address says, hidden text included. */
export async function said(place: HTMLElement, address: string): Promise<string> {
  await openPlace(routeOf(address).name);
  await act(() => {
    navigate(address);
    render(<App />, place);
  });
  // What a page asks of the server or of the store is there after a few turns.
  for (let turn = 0; turn < 4; turn++) await act(() => new Promise((resolve) => setTimeout(resolve)));
  return [place.textContent, ...[...place.querySelectorAll('[aria-label]')].map((each) => each.getAttribute('aria-label'))].join(' ').replace(/\s+/g, ' ');
}
