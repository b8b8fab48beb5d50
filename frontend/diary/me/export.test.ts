import { expect, test } from 'vitest';
import { aNight } from '../../test/nights';
import { unsentAsText } from './export';

test('the file names each night, what was to happen to it, and why it was refused', () => {
  const common = { change: 'c', base: null, earlier: [], queued_at: 0, attempts: 0, retry_at: 0, edited_at: '2026-11-04T07:00:00.000Z' };
  const refusal = { status: 422, title: 'Some values are not valid', details: ['/tz: no such zone'] };
  const text = unsentAsText([
    { ...common, night_date: '2026-11-03', body: aNight('2026-11-03', { note: 'mine' }), state: 'needs_attention', refusal },
    { ...common, night_date: '2026-11-02', body: null, state: 'waiting', refusal: null },
  ]);
  expect(JSON.parse(text)).toMatchObject({
    format: 'charley-unsent-1',
    entries: [
      { night_date: '2026-11-03', action: 'save', night: { note: 'mine' }, refusal },
      { night_date: '2026-11-02', action: 'delete', night: null },
    ],
  });
});
