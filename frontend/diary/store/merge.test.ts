import { expect, test } from 'vitest';
import { aCramp, aNight } from '../../test/nights';
import { mergeNights, sameAnswers } from './merge';

const date = '2026-11-03';
const base = aNight(date, { stockings_day: true, note: 'old', cramps: [aCramp('a', { pain_nrs: 5 })], problems: ['itch', 'tight'] });

test('changes to different fields both stand', () => {
  const mine = { ...base, note: 'mine' };
  const theirs = { ...base, stockings_day: false };
  expect(mergeNights({ base, mine, theirs, mineWins: false })).toMatchObject({ note: 'mine', stockings_day: false });
});

test('a field only one side changed keeps that change whoever is later', () => {
  const theirs = { ...base, note: 'theirs' };
  expect(mergeNights({ base, mine: base, theirs, mineWins: true }).note).toBe('theirs');
});

test('clearing a field is a change like any other', () => {
  const mine = { ...base, note: null };
  expect(mergeNights({ base, mine, theirs: base, mineWins: false }).note).toBeNull();
});

test.each([
  [true, 'mine'],
  [false, 'theirs'],
])('a field both sides changed goes to the winner (mine wins: %s)', (mineWins, note) => {
  expect(mergeNights({ base, mine: { ...base, note: 'mine' }, theirs: { ...base, note: 'theirs' }, mineWins }).note).toBe(note);
});

test('two details of one cramp changed on two phones both stand', () => {
  const mine = { ...base, cramps: [aCramp('a', { pain_nrs: 8 })] };
  const theirs = { ...base, cramps: [aCramp('a', { pain_nrs: 5, site: 'calf' as const })] };
  expect(mergeNights({ base, mine, theirs, mineWins: false }).cramps).toEqual([aCramp('a', { pain_nrs: 8, site: 'calf' })]);
});

test('cramps added on both phones are both kept', () => {
  const mine = { ...base, cramps: [...base.cramps, aCramp('m')] };
  const theirs = { ...base, cramps: [...base.cramps, aCramp('t')] };
  expect(mergeNights({ base, mine, theirs, mineWins: true }).cramps.map(({ id }) => id)).toEqual(['a', 't', 'm']);
});

test.each(['mine', 'theirs'])('a cramp deleted in %s stays deleted even when the other side edited it', (side) => {
  const edited = { ...base, cramps: [aCramp('a', { pain_nrs: 9 })] };
  const deleted = { ...base, cramps: [] };
  const versions = side === 'mine' ? { mine: deleted, theirs: edited } : { mine: edited, theirs: deleted };
  expect(mergeNights({ base, ...versions, mineWins: side === 'theirs' }).cramps).toEqual([]);
});

test('without a common base every cramp is kept and blank fields give way', () => {
  const mine = aNight(date, { cramps: [aCramp('m')], note: 'mine' });
  const theirs = aNight(date, { cramps: [aCramp('t')], stockings_night: true });
  expect(mergeNights({ base: null, mine, theirs, mineWins: true })).toMatchObject({
    cramps: [{ id: 't' }, { id: 'm' }],
    note: 'mine',
    stockings_night: true,
  });
});

test('lists merge as sets: added on either side stays, removed on either side goes', () => {
  const mine = { ...base, problems: ['itch' as const, 'heat' as const] };
  const theirs = { ...base, problems: ['itch' as const, 'tight' as const, 'numb' as const] };
  expect(mergeNights({ base, mine, theirs, mineWins: false }).problems).toEqual(['itch', 'numb', 'heat']);
});

test('"nothing helped" gives way to something that did', () => {
  const bare = { ...base, cramps: [aCramp('a')] };
  const mine = { ...base, cramps: [aCramp('a', { relief: ['none'] })] };
  const theirs = { ...base, cramps: [aCramp('a', { relief: ['stretch'] })] };
  expect(mergeNights({ base: bare, mine, theirs, mineWins: true }).cramps[0]?.relief).toEqual(['stretch']);
});

test('symptoms merge one by one', () => {
  const mine = { ...base, symptoms: { ...base.symptoms, aching: 3 } };
  const theirs = { ...base, symptoms: { ...base.symptoms, burning: 0 } };
  expect(mergeNights({ base, mine, theirs, mineWins: true }).symptoms).toEqual({ aching: 3, heaviness: null, soreness: null, burning: 0 });
});

test('merging the same two versions on both phones gives the same answers', () => {
  const first = { ...base, note: 'first', cramps: [aCramp('a', { side: 'left' as const })] };
  const second = { ...base, note: 'second', cramps: [aCramp('a', { side: 'right' as const })], contributors: ['travel' as const] };
  const here = mergeNights({ base, mine: first, theirs: second, mineWins: true });
  const there = mergeNights({ base, mine: second, theirs: first, mineWins: false });
  expect(sameAnswers(here, there)).toBe(true);
});

test('the same answers written at another time and place are the same answers', () => {
  expect(sameAnswers(base, { ...base, edited_at: '2027-01-01T00:00:00Z', tz: 'Asia/Tokyo' })).toBe(true);
  expect(sameAnswers(base, { ...base, stockings_night: false })).toBe(false);
});
