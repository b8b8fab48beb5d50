import { expect, test } from 'vitest';
import { routeOf } from './router';

test.each([
  ['/', { name: 'today' }],
  ['/nights', { name: 'nights' }],
  ['/nights/2026-11-03', { name: 'night', date: '2026-11-03' }],
  ['/result', { name: 'result' }],
  ['/me', { name: 'me' }],
  ['/me/profile', { name: 'profile' }],
  ['/me/look', { name: 'look' }],
  ['/me/data', { name: 'data' }],
  ['/me/import', { name: 'import' }],
  ['/me/delete', { name: 'delete' }],
  ['/me/nothing', { name: 'not_found' }],
  ['/welcome', { name: 'welcome' }],
  ['/restored', { name: 'restored' }],
  ['/start', { name: 'start', section: null }],
  ['/start/safety', { name: 'start', section: 'safety' }],
  ['/start/elsewhere', { name: 'not_found' }],
  ['/nights/2026-02-30', { name: 'not_found' }],
  ['/clinic/', { name: 'not_found' }],
])('%s is the place %o', (path, route) => {
  expect(routeOf(path)).toEqual(route);
});
