import type { Trial } from '../shared/api/types';

/** A trial for tests: six blocks of three nights in November. */
export function aTrial(given: Partial<Trial> = {}): Trial {
  return {
    id: '0e1c7a52-55a4-4b42-8c8e-3f0b4f0f7f11',
    design: 'blocks',
    exposure: 'any',
    block_nights: 3,
    blocks: [1, 0, 0, 1, 1, 0],
    looks: [],
    planned_nights: 18,
    seed: 'a seed',
    start_date: '2026-11-01',
    end_date: '2026-11-18',
    moved_from: null,
    moved_at: null,
    answers_on: ['2026-11-19'],
    expectation: null,
    created_at: '2026-10-30T09:00:00Z',
    n_schedules: 20,
    smallest_p: 0.05,
    compared: true,
    stopped_at: null,
    stopped_on: null,
    stop_reason: null,
    active: true,
    ...given,
  };
}
