import type { Result, Trial } from '../records';

/** The family of measured patients that is like a patient: by design, looks and grade. */
export function familyOf({ grade }: Pick<Result, 'grade'>, trial: Pick<Trial, 'design' | 'looks'> | undefined): string {
  if (trial?.design === 'before_after' || grade === 'D') return 'before_after';
  if (!trial) return 'milestones';
  if (trial.design === 'observational') return 'unplanned';
  if (grade === 'B') return 'few_blocks';
  return trial.looks.length > 0 ? 'staged' : 'randomized';
}
