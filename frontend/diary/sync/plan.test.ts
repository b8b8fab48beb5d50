import { expect, test, vi } from 'vitest';
import type { Api } from '../../shared/api/client';
import { aTrial } from '../../test/trials';
import type { PlanCopy } from '../store/schema';
import { fetchPlan, noPlan } from './plan';

const today = '2026-11-05';

/** An API that answers from a table and notes what it was asked. */
function answering(answers: Record<string, unknown>) {
  const asked: string[] = [];
  const GET = (path: string, options?: { params: { query: { from: string; to: string } } }) => {
    const query = options && `${options.params.query.from} ${options.params.query.to}`;
    asked.push([path, query].filter(Boolean).join(' '));
    return Promise.resolve({ data: answers[path] });
  };
  return { api: { GET } as unknown as Api, asked };
}

test('without a trial nothing but that is asked', async () => {
  const { api, asked } = answering({ '/api/trials': { trials: [] } });
  expect(await fetchPlan(api, noPlan, today, 3)).toEqual(noPlan);
  expect(asked).toEqual(['/api/trials']);
});

test('the whole plan of a trial is fetched once, and again when the trial changes', async () => {
  const trial = aTrial({ end_date: '2026-12-24' });
  const first = answering({ '/api/trials': { trials: [trial] }, '/api/plan': [{ date: '2026-12-24', assigned: true }] });
  const known = await fetchPlan(first.api, noPlan, today, 3);
  expect(first.asked).toEqual(['/api/trials', '/api/plan 2026-11-01 2026-12-24']);

  const second = answering({ '/api/trials': { trials: [trial] } });
  expect(await fetchPlan(second.api, known, '2026-11-06', 4)).toEqual(known);
  expect(second.asked).toEqual(['/api/trials']);

  const stopped = answering({ '/api/trials': { trials: [{ ...trial, stopped_at: '2026-11-06T08:00:00Z' }] }, '/api/plan': [] });
  expect((await fetchPlan(stopped.api, known, '2026-11-06', 4)).plan).toEqual([]);
});

test('no range is longer than the server answers', async () => {
  const { api, asked } = answering({ '/api/trials': { trials: [aTrial(), aTrial({ start_date: '2024-01-01', end_date: '2024-02-01' })] }, '/api/plan': [] });
  await fetchPlan(api, noPlan, today, 3);
  expect(asked[1]).toBe('/api/plan 2025-10-16 2026-11-19');
});

test.each([
  ['running', false],
  ['insufficient', false],
  ['help', true],
  ['no_clear_difference', true],
])('a staged trial whose result is "%s" has finished early: %s', async (state, finished) => {
  const trial = aTrial({ looks: [2, 3] });
  const { api } = answering({ '/api/trials': { trials: [trial] }, '/api/plan': [], '/api/result': { state } });
  expect((await fetchPlan(api, noPlan, today, 3)).finished).toBe(finished ? trial.id : null);
});

test('whether a staged trial has finished is asked again only after another night, recorded or opened at noon', async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-11-05T09:00:00') });
  const answers = { '/api/trials': { trials: [aTrial({ looks: [2, 3] })] }, '/api/plan': [{ date: '2026-11-19', assigned: null }], '/api/result': { state: 'running' } };
  const asking = async (known: PlanCopy, time: string, recorded: number) => {
    vi.setSystemTime(new Date(`2026-11-05T${time}`));
    const { api, asked } = answering(answers);
    await fetchPlan(api, known, today, recorded);
    return asked.includes('/api/result');
  };
  const known = await fetchPlan(answering(answers).api, noPlan, today, 3);
  expect([await asking(known, '11:59', 3), await asking(known, '11:59', 4), await asking(known, '12:00', 3)]).toEqual([false, true, true]);
  expect(known.asked.split(' ').slice(1)).toEqual(['3', '2026-11-04']);
  vi.useRealTimers();
});
