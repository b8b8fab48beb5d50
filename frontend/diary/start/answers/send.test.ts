import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, expect, test, vi } from 'vitest';
import { NoConnection } from '../../../shared/api/client';
import { firstDay } from '../../first-day';
import { safety } from '../../safety';
import { DiaryStore } from '../../store/store';
import { nothingAnswered, type SafetyAnswers } from './answers';
import { markOf } from '../marks';
import { sendStep, sendWaiting, tellRedFlags } from './send';

interface Sent {
  answers: object;
  red_flags: string[];
}

const server = vi.hoisted(() => ({ online: true, screenings: [] as Sent[] }));

vi.mock('../../session/profile', () => ({ changeProfile: vi.fn() }));
vi.mock('../../session/changes', () => ({ changed: vi.fn() }));
vi.mock('../../hold/learn', () => ({ learnHolds: vi.fn() }));
vi.mock('../../api', () => ({
  api: {
    POST: (_path: string, { body }: { body: Sent }) => {
      if (!server.online) return Promise.reject(new NoConnection());
      server.screenings.push(body);
      const missing = 'diabetes' in body.answers ? [] : ['diabetes'];
      return Promise.resolve({ data: { ...body, missing, outcome: body.red_flags.length > 0 ? 'blocked' : 'free' } });
    },
  },
}));

const fainting: SafetyAnswers = { ...nothingAnswered.safety, red_flags: ['fainting'] };
const complete: SafetyAnswers = { ...nothingAnswered.safety, answers: { diabetes: false } };
let store: DiaryStore;

beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  store = await DiaryStore.open('user-1');
  firstDay.value = null;
  safety.value = null;
  server.online = true;
  server.screenings = [];
});

const heldBy = async () => (await store.snapshot()).holds?.raised.map(({ code }) => code);
const flagsSent = () => server.screenings.map(({ red_flags }) => red_flags);

test('a red flag is told at once where there is a connection', async () => {
  await tellRedFlags(store, fainting);
  expect(flagsSent()).toEqual([['fainting']]);
  expect([markOf('safety'), safety.value]).toEqual(['open', 'blocked']);
});

test('the safety step is done when every question has an answer, whatever they come to', async () => {
  await tellRedFlags(store, { ...complete, red_flags: ['fainting'] });
  expect([markOf('safety'), safety.value]).toEqual(['done', 'blocked']);
});

test('a red flag ticked without a connection is acted on, kept, and told by the next round', async () => {
  server.online = false;
  await tellRedFlags(store, fainting);
  expect([markOf('safety'), safety.value, await store.meta('safety')]).toEqual(['waiting', 'blocked', 'blocked']);
  expect(await heldBy()).toEqual(['red_flag']);
  server.online = true;
  await sendWaiting(store);
  await sendWaiting(store);
  expect(flagsSent()).toEqual([['fainting']]);
  expect([markOf('safety'), safety.value]).toEqual(['open', 'blocked']);
});

test('a red flag goes out before the answers that came after it', async () => {
  server.online = false;
  await tellRedFlags(store, fainting);
  await store.putMeta('start:safety', { answers: complete, finished: true });
  expect(await sendStep(store, 'safety')).toBe('kept');
  server.online = true;
  expect(await sendStep(store, 'safety')).toBe('sent');
  expect(flagsSent()).toEqual([['fainting'], []]);
  expect([markOf('safety'), safety.value]).toEqual(['done', 'free']);
});
