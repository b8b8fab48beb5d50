import { afterEach, expect, test, vi } from 'vitest';
import { deviceZone, findZone, inTurn, keep, kept, newId, openChannel } from './device';

afterEach(() => vi.unstubAllGlobals());

const refusing = new Proxy({}, { get: () => { throw new DOMException('refused', 'SecurityError'); } });

test.each([['refuses', refusing], ['has nothing', undefined]])('a device that %s to keep things in says so, and nothing breaks', (_name, storage) => {
  vi.stubGlobal('localStorage', storage);
  keep('a', 'one');
  keep('a', null);
  expect(kept('a')).toBeUndefined();
});

test('ids have one form, whoever makes them', () => {
  const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
  expect(newId()).toMatch(uuid);
  const { crypto } = globalThis;
  vi.stubGlobal('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto) });
  const ids = Array.from({ length: 200 }, newId);
  for (const id of ids) expect(id).toMatch(uuid);
  expect(new Set(ids).size).toBe(200);
});

test.each([['missing', {}], ['refusing', { locks: { request: () => Promise.reject(new DOMException('no', 'SecurityError')) } }]])(
  'with locks %s tasks of one name still follow each other, and each runs once',
  async (_name, navigator) => {
    vi.stubGlobal('navigator', navigator);
    const seen: string[] = [];
    const task = (name: string) => async () => {
      seen.push(`${name} begins`);
      await new Promise((done) => setTimeout(done, 5));
      seen.push(`${name} ends`);
      return name;
    };
    const [first, second] = [inTurn('x', task('first')), inTurn('x', task('second'))];
    expect(await Promise.all([first, second])).toEqual(['first', 'second']);
    expect(seen).toEqual(['first begins', 'first ends', 'second begins', 'second ends']);
    await expect(inTurn('x', () => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
    expect(await inTurn('x', task('third'))).toBe('third');
    expect(await inTurn('outer', () => inTurn('inner', task('nested')))).toBe('nested');
  },
);

test('a task that failed under a lock is not run again without it', async () => {
  vi.stubGlobal('navigator', { locks: { request: (_name: string, task: () => Promise<unknown>) => task() } });
  const task = vi.fn(() => Promise.reject(new Error('failed')));
  await expect(inTurn('x', task)).rejects.toThrow('failed');
  expect(task).toHaveBeenCalledOnce();
});

test('without a channel a tab keeps to itself', () => {
  vi.stubGlobal('BroadcastChannel', undefined);
  expect(() => openChannel('x', () => undefined)('hello')).not.toThrow();
});

test.each([undefined, '', 'Etc/Unknown', '+02:00'])('a device that calls its zone %s gets one that can be used', async (timeZone) => {
  vi.spyOn(Intl.DateTimeFormat.prototype, 'resolvedOptions').mockReturnValue({ timeZone } as Intl.ResolvedDateTimeFormatOptions);
  await findZone();
  expect(deviceZone()).toMatch(/^(UTC|[A-Z]\w+\/)/);
  expect(() => new Intl.DateTimeFormat('en', { timeZone: deviceZone() })).not.toThrow();
});

test('a device that goes on to another zone is believed', () => {
  const named = vi.spyOn(Intl.DateTimeFormat.prototype, 'resolvedOptions');
  named.mockReturnValue({ timeZone: 'Europe/Madrid' } as Intl.ResolvedDateTimeFormatOptions);
  expect(deviceZone()).toBe('Europe/Madrid');
  named.mockReturnValue({ timeZone: 'America/New_York' } as Intl.ResolvedDateTimeFormatOptions);
  expect(deviceZone()).toBe('America/New_York');
});
