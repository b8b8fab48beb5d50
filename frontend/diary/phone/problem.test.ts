import { beforeAll, expect, test, vi } from 'vitest';
import { ApiProblem, ForeignAnswer, NoConnection } from '../../shared/api/client';
import en from '../../shared/texts/diary/en';
import { loadTexts } from '../texts';
import { problemText } from './problem';

vi.mock('../../shared/preferences', async (original) => ({ ...(await original<object>()), chosenLanguage: () => 'en' }));

const problem = (status: number) => new ApiProblem({ type: '/problems/x', title: 'x', status }, new Response(null, { status }));

beforeAll(loadTexts);

test.each([
  ['no way to the server', new NoConnection('x'), en.problem.offline],
  ['a server that failed', problem(500), en.problem.server],
  ['a server that has had enough', problem(429), en.problem.tooMany],
  ['an answer of somebody else', new ForeignAnswer(new Response()), en.problem.server],
  ['an answer cut off on its way', new SyntaxError('x'), en.problem.server],
  ['a phone that refuses', new DOMException('x', 'SecurityError'), en.problem.phone],
  ['a phone that lacks something', new TypeError('x'), en.problem.phone],
])('%s is told as such', (_name, error, text) => {
  expect(problemText(error)).toBe(text);
});

test('what needs a connection may say so in its own words', () => {
  expect(problemText(new NoConnection('x'), 'Sharing needs a connection.')).toBe('Sharing needs a connection.');
});
