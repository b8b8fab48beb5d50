// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import { ApiProblem, NoConnection } from '../../shared/api/client';
import en from '../../shared/texts/clinic/en';
import { signInProblem } from './SignIn';

const problem = (status: number, headers = {}) =>
  new ApiProblem({ type: '/problems/x', title: 'x', status }, new Response(null, { status, headers }));

test('a wrong password is told without saying which of the two was wrong', () => {
  expect(signInProblem(problem(400), en)).toBe('The e-mail or the password is not right.');
});

test('too many tries say how long to wait, in whole minutes', () => {
  expect(signInProblem(problem(429, { 'Retry-After': '61' }), en)).toMatch('2 minutes');
  expect(signInProblem(problem(429), en)).toMatch('1 minute ');
});

test('an unreachable server is not taken for a wrong password', () => {
  expect(signInProblem(new NoConnection(), en)).toMatch('cannot be reached');
  expect(signInProblem(problem(503), en)).toMatch('The server had a problem');
});
