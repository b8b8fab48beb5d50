import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, test } from 'vitest';
import { aNight } from '../../test/nights';
import { isEmergency, mayBeGone, signsOf, stopSigns } from '../../shared/stop-signs';
import { DiaryStore } from '../store/store';
import { nothingHeld, standingIn, withEnds, withNight, withSign, type HoldCopy, type Sign } from './copy';

const sign = (code: string, night_date: string | null = '2026-11-03'): Sign => ({ night_date, code, since: night_date ?? '2026-11-04' });
const codes = (copy: HoldCopy | null) => standingIn(copy ?? nothingHeld).map(({ code }) => code);

test('six problems of a night stop the stockings; three of them may be gone, one is an emergency', () => {
  expect(stopSigns.toSorted()).toEqual(['breathless', 'cold_or_color', 'numb', 'pain', 'skin', 'swelling']);
  expect(stopSigns.filter(mayBeGone).toSorted()).toEqual(['pain', 'skin', 'swelling']);
  expect(stopSigns.filter(isEmergency)).toEqual(['breathless']);
  expect([isEmergency('acute_dvt'), mayBeGone('red_flag'), signsOf({ problems: ['itch', 'donning'] })]).toEqual([false, false, []]);
});

test('of several signs the gravest is said first: short of breath, the safety screen, what stockings do to a leg', () => {
  const all = ['skin', 'pain', 'numb', 'breathless'].map((code) => sign(code));
  expect(codes({ known: [...all, sign('acute_dvt', null)], raised: [], ends: [] })).toEqual(['breathless', 'acute_dvt', 'numb', 'pain', 'skin']);
});

test('a sign that the server and this phone both know stands once, and of equals the older is said', () => {
  const older = sign('pain', '2026-11-01');
  expect(standingIn({ known: [sign('pain'), older], raised: [sign('pain')], ends: [] })).toEqual([older, sign('pain')]);
});

test('an end that waits counts at once on this phone, and only for its own sign', () => {
  const copy = withEnds({ ...nothingHeld, known: [sign('pain'), sign('pain', '2026-11-05')] }, [{ ...sign('pain'), how: 'gone', on: '2026-11-06' }]);
  expect(standingIn(copy)).toEqual([sign('pain', '2026-11-05')]);
});

test('a problem told again after its end stands again', () => {
  const ended = withEnds(withSign(nothingHeld, sign('numb')), [{ ...sign('numb'), how: 'asked', on: '2026-11-06' }]);
  expect(codes(ended)).toEqual([]);
  expect(codes(withSign(ended, sign('numb')))).toEqual(['numb']);
});

test('a night raises what it did not tell of before, and lowers nothing', () => {
  const first = aNight('2026-11-03', { problems: ['numb', 'itch'] });
  const told = withNight(nothingHeld, null, first);
  expect(codes(told)).toEqual(['numb']);
  expect(codes(withNight(told, first, aNight('2026-11-03', { problems: [] })))).toEqual(['numb']);
  expect(withNight(told, first, { ...first, note: 'the same' })).toEqual(told);
});

describe('in the store', () => {
  let store: DiaryStore;
  beforeEach(async () => {
    globalThis.indexedDB = new IDBFactory();
    store = await DiaryStore.open('user-1');
  });
  const holds = async () => (await store.snapshot()).holds;
  const night = aNight('2026-11-03', { problems: ['numb', 'pain'] });

  test('a diary without signs keeps nothing of them', async () => {
    await store.record(aNight('2026-11-03'), null);
    expect(await holds()).toBeNull();
  });

  test('a sign is kept with its night, survives a correction and a deletion, and a later night', async () => {
    await store.record(night, null);
    await store.record({ ...night, problems: ['pain'], edited_at: '2026-11-04T08:00:00.000Z' }, night);
    await store.record(aNight('2026-11-04'), null);
    await store.remove('2026-11-03', '2026-11-05T08:00:00.000Z');
    expect(codes(await holds())).toEqual(['numb', 'pain']);
  });

  test('a correction ends what the person calls entered by mistake, and nothing else', async () => {
    await store.record(night, null);
    const ends = [{ night_date: '2026-11-03', code: 'numb', how: 'mistake' as const, on: '2026-11-04' }];
    await store.record({ ...night, problems: [], edited_at: '2026-11-04T08:00:00.000Z' }, night, [], ends);
    expect(codes(await holds())).toEqual(['pain']);
    expect((await holds())?.ends).toEqual(ends);
  });

  test('a deletion by mistake ends the signs of that night', async () => {
    await store.record(night, null);
    await store.remove('2026-11-03', '2026-11-05T08:00:00.000Z', ['numb', 'pain'].map((code) => ({ night_date: '2026-11-03', code, how: 'mistake', on: '2026-11-05' })));
    expect(codes(await holds())).toEqual([]);
  });
});
