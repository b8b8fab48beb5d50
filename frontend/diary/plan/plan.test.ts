// @vitest-environment happy-dom
import { beforeAll, describe, expect, test } from 'vitest';
import { answerDays, promisedBy, promisedByResult, wasCalledOff } from '../../shared/answers';
import en from '../../shared/texts/diary/answers/en';
import es from '../../shared/texts/diary/answers/es';
import { aTrial } from '../../test/trials';
import { monthsBetween } from '../pages/month';
import { chooseTexts, loadTexts } from '../texts';
import { answersInWords, moveInWords, promisedFrom, whyMoved } from './answers';

const looks = ['2026-12-07', '2026-12-25', '2027-01-12'];

beforeAll(() => loadTexts());

test('a trial over New Year has a calendar for every month', () => {
  expect(monthsBetween('2026-11-30', '2027-01-01')).toEqual(['2026-11', '2026-12', '2027-01']);
});

test('a copy of a trial from before the dates were told knows the day after its last night', () => {
  const { answers_on: _, ...old } = aTrial({ end_date: '2026-11-18' });
  expect(answerDays(old)).toEqual(['2026-11-19']);
});

test('a trial that was stopped before its first night was called off', () => {
  expect([null, '2026-11-01', '2026-11-02'].map((stopped_on) => wasCalledOff(aTrial({ start_date: '2026-11-01', stopped_on })))).toEqual([false, true, false]);
});

describe('what a staged trial says', () => {
  beforeAll(() => chooseTexts('en'));
  const said = (seen: string, open: string) => answersInWords(promisedBy(looks, seen, open), en).join(' ');

  test('from the start: the first possible day and the latest', () => {
    const first = 'First possible answer on Monday, December 7, at the latest on Tuesday, January 12, at noon.';
    expect(said('', '2026-11-01')).toBe(first);
    expect(answersInWords(promisedFrom(looks), en)).toEqual([first]);
    // On the morning of the look the night before is still open.
    expect(said('2026-12-06', '2026-12-06')).toBe(first);
  });

  test('after a look of which the server said that there is no answer: that it goes on, and what comes next', () => {
    expect(said('2026-12-07', '2026-12-07')).toBe('Looked on Monday, December 7: not clear yet, it goes on. Next look on Friday, December 25. The answer comes on Tuesday, January 12 at the latest, at noon.');
    expect(said('2026-12-25', '2026-12-30')).toBe('Looked on Friday, December 25: not clear yet, it goes on. The last look, and the answer, comes on Tuesday, January 12, at noon.');
  });

  test('without a connection it does not claim to know what a look brought', () => {
    expect(said('2026-12-06', '2026-12-07')).toContain('There was a look on Monday, December 7. What it brought comes when there is a connection.');
    expect(said('2026-12-07', '2026-12-26')).toContain('There was a look on Friday, December 25.');
  });

  test('once the last day has come the answer is there', () => {
    expect(said('', '2027-01-12')).toBe('The answer was there by Tuesday, January 12, at noon.');
  });
});

test('a plan with one answer has one day, and a stopped one says when its result opens', () => {
  const one = promisedBy(['2026-11-19'], '', '2026-11-01');
  expect(answersInWords(one, en)).toEqual(['The answer comes on Thursday, November 19, at noon.']);
  expect(answersInWords(one, en, true)).toEqual(['Its result opens on Thursday, November 19, at noon.']);
  expect(answersInWords(promisedBy(looks, '', '2026-11-20'), en, true)).toEqual(['Its result opens on Tuesday, January 12 at the latest, at noon.']);
});

test('a result waits for the look that follows its last night, whatever the clock of the phone says', () => {
  expect(promisedByResult(looks, { last_night: '2026-12-24' }, '2026-12-08')).toEqual({ looked: '2026-12-07', due: null, ahead: looks.slice(1), latest: '2027-01-12' });
  expect(promisedByResult([], { last_night: '2026-12-24' }, '2026-12-08').ahead).toEqual(['2026-12-25']);
});

test('a moved start is told with both days, and why the dates moved', () => {
  const moved = aTrial({ start_date: '2026-12-20', moved_from: '2026-11-01', moved_at: '2026-10-31T12:00:00Z' });
  expect(moveInWords(moved, en)).toBe('Drawn to start on Sunday, November 1, and moved on Saturday, October 31. Its first day is now Sunday, December 20.');
  expect(whyMoved(moved, en)).toEqual(['You moved the start from Sunday, November 1 to Sunday, December 20, so these dates moved too.']);
  expect([moveInWords(aTrial(), en), whyMoved(aTrial(), en)]).toEqual([null, []]);
});

test('Spanish says the same of a look', async () => {
  await chooseTexts('es');
  expect(answersInWords(promisedBy(looks, '2026-12-07', '2026-12-07'), es)).toEqual([
    'Se miró el lunes 7 de diciembre: aún no está claro, la prueba sigue.',
    'Se mira otra vez el viernes 25 de diciembre. La respuesta llega el martes 12 de enero como muy tarde, a mediodía.',
  ]);
});
