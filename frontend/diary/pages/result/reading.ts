import type { Result, Trial } from '../../../shared/api/types';
import { storyOfResult } from '../../../shared/story';
import type { ResultTexts } from '../../../shared/texts/diary/result/en';
import { dayHere, now } from '../../clock';
import { evening } from '../../night/evening';

/** What the page of a result is drawn from. */
export interface Reading {
  result: Result;
  /** What speaks against wearing stockings: a sign of a night or of the safety screen, or that somebody is asked first. */
  against: 'night' | 'screen' | 'ask' | null;
  /** The trial that the result belongs to, where there is one. */
  trial: Trial | null;
  /** Nights recorded in all; the phone may know of more than the server. */
  recorded: number;
}

/** Whether there is a verdict: neither locked nor short of data. */
export const isSettled = ({ state }: Result) => state !== 'running' && state !== 'insufficient';

/** When a trial was stopped whose result is still to open. */
export function stoppedAt({ result, trial }: Reading): string | null {
  return result.state === 'running' && trial ? trial.stopped_at : null;
}

/** Whether a trial has ended with too little to compare: its nights are over, and more of them cannot come. */
export function endedShort({ result, trial }: Reading): boolean {
  return result.state === 'insufficient' && trial !== null && trial.end_date < dayHere(now.value);
}

/** Whether stockings stay off for now. */
export function staysOff({ against }: Reading): boolean {
  return against === 'night' || against === 'screen';
}

/** The trial a result belongs to: the one whose nights it counts. */
export function trialOf(result: Result, trials: readonly Trial[]): Trial | null {
  return trials.find(({ start_date, end_date }) => start_date <= result.first_night && result.first_night <= end_date) ?? null;
}

/** What is said first, and what to do next: a matter of the evidence, but not where a trial was stopped or ended with too little. */
export function storyOf(reading: Reading, t: ResultTexts): { headline: string; lead: string; next: readonly string[] } {
  if (endedShort(reading)) return t.endedShort;
  if (stoppedAt(reading)) return t.stoppedTrial;
  const { state } = reading.result;
  if (staysOff(reading) && !isSettled(reading.result)) return state === 'running' && reading.trial ? t.held.running : t.held.insufficient;
  if (state === 'running' && reading.trial && reading.trial.start_date > evening.value.tonight) return t.aheadTrial;
  const story = storyOfResult(reading.result);
  return { headline: t.headlines[story], lead: t.leads[story], next: t.next[story] };
}
