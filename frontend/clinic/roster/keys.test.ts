// @vitest-environment happy-dom
import { beforeEach, expect, test } from 'vitest';
import { rowAfter, stepOf, switchShortcuts } from './keys';

const onPage = { inList: false, inSearch: false };
const inList = { inList: true, inSearch: false };
const inSearch = { inList: false, inSearch: true };

beforeEach(() => switchShortcuts(true));

test('j and k walk down and up from anywhere but a field', () => {
  expect(stepOf('j', onPage)).toBe(1);
  expect(stepOf('k', inList)).toBe(-1);
  expect(stepOf('j', inSearch)).toBe(0);
});

test('arrows walk within the list, and down out of the search', () => {
  expect(stepOf('ArrowDown', inList)).toBe(1);
  expect(stepOf('ArrowUp', inList)).toBe(-1);
  expect(stepOf('ArrowDown', inSearch)).toBe(1);
  expect(stepOf('ArrowDown', onPage)).toBe(0);
  expect(stepOf('ArrowUp', inSearch)).toBe(0);
});

test('letters do nothing once shortcuts are switched off; arrows still walk', () => {
  switchShortcuts(false);
  expect(stepOf('j', onPage)).toBe(0);
  expect(stepOf('ArrowDown', inList)).toBe(1);
});

test('the walk starts at an end and stops at the ends', () => {
  expect(rowAfter(-1, 1, 5)).toBe(0);
  expect(rowAfter(-1, -1, 5)).toBe(4);
  expect(rowAfter(4, 1, 5)).toBe(4);
  expect(rowAfter(0, -1, 5)).toBe(0);
  expect(rowAfter(2, 1, 5)).toBe(3);
});
