// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import { ApiProblem, ForeignAnswer, NoConnection } from '../shared/api/client';
import { failureOf, resource } from './load';
import { me, sessionEnded } from './session';
import type { Me } from './records';

const problem = (status: number) =>
  new ApiProblem({ type: '/problems/x', title: 'x', status }, new Response(null, { status }));

test('each kind of failure has its own designed state', () => {
  expect(failureOf(new NoConnection())).toBe('network');
  expect(failureOf(new ForeignAnswer(new Response()))).toBe('server');
  expect(failureOf(new SyntaxError('cut off'))).toBe('server');
  expect(failureOf(new DOMException('refused', 'SecurityError'))).toBe('device');
  expect(failureOf(problem(404))).toBe('missing');
  expect(failureOf(problem(403))).toBe('forbidden');
  expect(failureOf(problem(500))).toBe('server');
});

test('a resource loads, fails and recovers', async () => {
  const answers = [() => Promise.reject(new NoConnection()), () => Promise.resolve(7)];
  const read = resource(() => answers.shift()!());
  expect(read.state.value).toEqual({ status: 'loading' });
  await read.refresh();
  expect(read.state.value).toEqual({ status: 'failed', failure: 'network' });
  await read.refresh();
  expect(read.state.value).toEqual({ status: 'ready', value: 7 });
});

test('the latest reading wins when answers come in another order', async () => {
  const finish: ((value: string) => void)[] = [];
  const read = resource(() => new Promise<string>((resolve) => finish.push(resolve)));
  const both = [read.refresh(), read.refresh()];
  finish[1]!('second');
  finish[0]!('first');
  await Promise.all(both);
  expect(read.state.value).toEqual({ status: 'ready', value: 'second' });
});

test('what is on screen stays there while it is read again', async () => {
  const read = resource(() => Promise.resolve(1));
  await read.refresh();
  const again = read.refresh();
  expect(read.state.value).toEqual({ status: 'ready', value: 1 });
  await again;
});

test('an ended session asks to sign in', async () => {
  me.value = { role: 'physician' } as Me;
  const read = resource(() => Promise.reject(problem(401)));
  await read.refresh();
  expect(me.value).toBeNull();
  expect(sessionEnded.value).toBe(true);
});
