import { expect, test } from 'vitest';
import { aCramp, aNight } from '../../test/nights';
import enDetails from '../../shared/texts/diary/details/en';
import esDetails from '../../shared/texts/diary/details/es';
import en from '../../shared/texts/diary/en';
import es from '../../shared/texts/diary/es';
import { crampInWords, nightInWords, stockingsInWords } from './words';

test.each([
  [true, true, 'stockings worn day and night', 'con medias día y noche'],
  [true, false, 'stockings worn by day', 'con medias durante el día'],
  [true, null, 'stockings worn by day', 'con medias durante el día'],
  [false, true, 'stockings worn in bed', 'con medias en la cama'],
  [null, true, 'stockings worn in bed', 'con medias en la cama'],
  [false, false, 'no stockings', 'sin medias'],
  [false, null, 'no stockings by day', 'sin medias durante el día'],
  [null, false, 'no stockings in bed', 'sin medias en la cama'],
  [null, null, 'stockings not answered', 'sin respuesta sobre las medias'],
])('stockings by day %s and in bed %s are said in words', (stockings_day, stockings_night, english, spanish) => {
  expect(stockingsInWords({ stockings_day, stockings_night }, en)).toBe(english);
  expect(stockingsInWords({ stockings_day, stockings_night }, es)).toBe(spanish);
});

test('a cramp is told in one line, in the reader’s form', () => {
  const cramp = aCramp('a', { onset_local: '2026-11-04T03:10', site: 'calf', side: 'left', duration_min: 2.5, pain_nrs: 7, relief: ['stretch', 'walk'] });
  expect(crampInWords(cramp, enDetails, 'en')).toMatch(/^at 3:10\sAM, calf \(left\), 2\.5\smin, pain 7 of 10, eased by: stretching and walking$/);
  expect(crampInWords(cramp, esDetails, 'es')).toMatch(/^a las 3:10, pantorrilla \(izquierda\), 2,5\smin, dolor 7 de 10, lo alivió: estirar y caminar$/);
});

test.each([
  ['01:10', 'a la 1:10'],
  ['11:05', 'a las 11:05'],
  ['13:10', 'a las 13:10'],
])('at %s Spanish has the article of the hour', (time, spanish) => {
  expect(crampInWords(aCramp('a', { onset_local: `2026-11-04T${time}` }), esDetails, 'es')).toBe(spanish);
});

test('a cramp of which nothing is known says so', () => {
  expect(crampInWords(aCramp('a'), enDetails, 'en')).toBe('no details');
});

test('a night without cramps does not read like a night not recorded', () => {
  expect(nightInWords(aNight('2026-11-03'), en, enDetails, 'en')).toEqual(['No cramps', 'Stockings not answered']);
});

test('everything answered is said, and a zero is an answer', () => {
  const night = aNight('2026-11-03', {
    day_wear_h: 8.5, rls_urge: false, awake_min: 0, note: 'warm', problems: ['itch'], contributors: ['travel', 'alcohol'],
    symptoms: { aching: 0, heaviness: null, soreness: null, burning: null },
  });
  expect(nightInWords(night, en, enDetails, 'en').slice(2)).toEqual([
    'Worn for 8.5\u00a0h by day', 'No urge to move the legs', 'Awake: 0\u00a0min', 'Aching 0 of 10', 'Trouble: itching', 'That day: travel and alcohol', 'Note: warm',
  ]);
});
