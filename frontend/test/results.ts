import type { Arms, Result } from '../shared/api/types';

/** Every state, grade, method and warning that a result can carry. */
export const states = ['running', 'insufficient', 'help', 'worse', 'fewer_unclear', 'more_unclear', 'no_clear_difference'] as const;
export const settledStates = states.slice(2);
export const grades = ['A', 'B', 'C', 'D'] as const;
export const methods = ['exact', 'monte_carlo', 'staged', 'model_trend', 'model_adjusted'] as const;
export const warnings = {
  finished_early: 36,
  stopped_early: 20,
  uneven_logging: -0.2,
  low_adherence: 0.7,
  unknown_wear: 3,
  wear_follows_cramps: 2.4,
  carry_over: 1.6,
} as const;
export const needs = ['planned_end', 'first_look', 'next_look', 'nights_on', 'nights_off', 'cramps'] as const;

const ratios: Partial<Record<Result['state'], [number, number, number]>> = {
  help: [0.4, 0.2, 0.7],
  fewer_unclear: [0.5, 0.3, 0.9],
  worse: [2.1, 1.4, 3.3],
  more_unclear: [1.8, 1.1, 4.6],
  no_clear_difference: [0.9, 0.5, 1.6],
};

/** A result of a state, as the server sends it. */
export function aResult(state: Result['state'], given: Partial<Result> = {}): Result {
  const estimate = ratios[state];
  const [rate_ratio, ci_low, ci_high] = estimate ?? [null, null, null];
  const arms: Arms = {
    nights_on: 26, nights_off: 25, cramps_on: 20, cramps_off: 48,
    rate_on: estimate ? 0.77 : null, rate_off: estimate ? 1.92 : null, rate_ratio, ci_low, ci_high,
  };
  return {
    ...arms,
    patient_id: 'patient', exposure: 'day', state, grade: estimate ? 'A' : null, method: estimate ? 'exact' : null,
    p_help: null, p_worse: null, saved_per_week: null, adherence: estimate ? 0.94 : null, wear_changes: 17, logging_gap: 0,
    n_schedules: 512, smallest_p: 1 / 512, dispersion: 1.2, first_night: '2026-08-03', last_night: '2026-09-25',
    cramp_free_diff: estimate ? 0.3 : null, cramp_free_low: estimate ? -0.1 : null, cramp_free_high: estimate ? 0.5 : null,
    minutes_ratio: estimate ? 0.4 : null, minutes_low: estimate ? 0.02 : null, minutes_high: estimate ? 0.9 : null,
    pain_nap: null, pain_se: null, cramps_nap: null, cramps_se: null,
    pain_mean_on: estimate ? 4.2 : null, pain_mean_off: estimate ? 5.1 : null,
    as_worn: estimate ? { ...arms, nights_on: 25, nights_off: 26 } : null, washout_sensitivity: null,
    needs: [], warnings: [], nights_recorded: 51, last_entry: '2026-09-25',
    wear: estimate ? { on_nights: 27, on_kept: 25, off_nights: 26, off_kept: 26 } : null,
    ...given,
  };
}

/** One thing that is missing. */
export function aNeed(code: string, have = 12, want = 54): Result['needs'][number] {
  return { code, text: `${code} in English`, have, want };
}

/** One reason to trust a result less. */
export function aWarning(code: keyof typeof warnings): Result['warnings'][number] {
  return { code, text: `${code} in English`, value: warnings[code] };
}
