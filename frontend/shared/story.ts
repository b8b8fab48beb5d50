import type { components } from './api/schema';

type Result = components['schemas']['Result'];
type Arms = components['schemas']['Arms'];

/** What is said first of a result: its state, but weaker words where the evidence is weaker. */
export type Story = Result['state'] | 'help_unplanned' | 'worse_unplanned' | 'much_alike';

/** Largest ratio of a flag; that nights were much alike may be said only of an interval within it and its reciprocal. */
const FLOOR = 0.8;

/** Which story a result is told by; grade C is a diary in which no chance picked the nights. */
export function storyOfResult({ state, grade, ci_low: low, ci_high: high }: Pick<Result, 'state' | 'grade' | 'ci_low' | 'ci_high'>): Story {
  if ((state === 'help' || state === 'worse') && grade === 'C') return `${state}_unplanned`;
  if (state === 'no_clear_difference' && low !== null && high !== null && low >= FLOOR && high <= 1 / FLOOR) return 'much_alike';
  return state;
}

/** Whether what speaks against the veins as the reason belongs beside a result. */
export const isFavorable = ({ state }: Pick<Result, 'state'>) => state === 'help' || state === 'fewer_unclear';

type Compared = Arms & { as_worn: Arms | null; wear: components['schemas']['Wear'] | null };

/** Why the comparison as worn is another one than that as planned, in nights; null where there is but one to show. */
export function wornApart(result: Compared): { otherwise: number; unknown: number } | null {
  const { as_worn: worn, wear } = result;
  if (!worn || (Object.keys(worn) as (keyof Arms)[]).every((name) => worn[name] === result[name])) return null;
  return {
    otherwise: wear ? wear.on_nights - wear.on_kept + wear.off_nights - wear.off_kept : 0,
    unknown: result.nights_on + result.nights_off - worn.nights_on - worn.nights_off,
  };
}
