import { expect, test } from 'vitest';
import { elapsedText } from './awake';

test.each([
  [0, '0:00'],
  [204_900, '3:24'],
  [3_600_000, '1:00:00'],
  [3_804_000, '1:03:24'],
  [-1, ''],
])('%s milliseconds are shown as "%s"', (passed, shown) => {
  expect(elapsedText(passed)).toBe(shown);
});
