import { expect, test } from 'vitest';
import { countryNames } from './me/countries';
import { emergencyNumber } from './emergency';

test('the number follows the country', () => {
  expect([emergencyNumber('US'), emergencyNumber('GB'), emergencyNumber('ES'), emergencyNumber('AU')]).toEqual(['911', '999', '112', '000']);
});

test('where the country is not known, no number is claimed', () => {
  expect([emergencyNumber(null), emergencyNumber('ZZ')]).toEqual([null, null]);
});

test('countries are named and sorted in the reader’s language', () => {
  const names = countryNames('es').map(([, name]) => name);
  expect(names).toContain('Alemania');
  expect(names).toEqual([...names].sort(new Intl.Collator('es').compare));
});
