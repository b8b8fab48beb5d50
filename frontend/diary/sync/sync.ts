import { signal, type ReadonlySignal } from '@preact/signals';
import { ApiProblem, ForeignAnswer, NoConnection, type Api } from '../../shared/api/client';
import type { Me } from '../../shared/api/types';
import type { DiaryStore } from '../store/store';
import { serverTime } from './answer';
import { drain, isPutOff, type Drained } from './drain';
import { withSessionLock } from './lock';
import { pull } from './pull';

/** What stands between this phone and the server; `ok` when the last exchange went well, `phone` when the fault was here. */
export type Connection = 'unknown' | 'ok' | 'offline' | 'signed_out' | 'trouble' | 'phone';

/** The running exchange with the server. */
export interface Sync {
  connection: ReadonlySignal<Connection>;
  /** Milliseconds by which this phone's clock is ahead of the server's, as of the last round. */
  clockAhead: ReadonlySignal<number>;
  /** Sends what is due and fetches; resolves when this round is over. */
  run(): Promise<void>;
  stop(): void;
}

interface Parts {
  store: DiaryStore;
  api: Api;
  now?: () => number;
  /** Called with who is signed in, when that is the store's own patient. */
  onSignedIn: (me: Me) => void;
  /** Called after each round: the store may have changed. */
  onRound: () => void;
}

/** Exchanges entries at start, when asked, when the network returns and when the app comes to the foreground. */
export function startSync({ store, api, now = Date.now, onSignedIn, onRound }: Parts): Sync {
  const connection = signal<Connection>('unknown');
  const clockAhead = signal(0);
  let running: Promise<void> | undefined;
  let again = false;
  // At start and in the foreground somebody looks: what time may have cured is tried at once.
  let looking = true;
  let notBefore = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;

  const round = async () => {
    const { data, response } = await api.GET('/api/me');
    clockAhead.value = now() - serverTime(response);
    const me = data as Me;
    if (me.id !== store.userId) return void (connection.value = 'signed_out');
    onSignedIn(me);
    if (looking) await store.hurryRefused();
    looking = false;
    let drained = await drain(store, api, now);
    // A restored server makes the pull queue nights again; they go out in the same round.
    do {
      if (drained.kind === 'signed_out' || (drained.kind === 'waiting' && drained.notBefore > 0)) break;
      await pull(store, api);
      drained = await drain(store, api, now);
    } while (drained.kind === 'more');
    conclude(drained);
  };

  const conclude = (drained: Drained) => {
    connection.value = drained.kind === 'empty' ? 'ok' : drained.kind === 'signed_out' ? 'signed_out' : 'trouble';
    if (drained.kind === 'waiting') notBefore = drained.notBefore;
    if ('retryAt' in drained && drained.retryAt) comeBack(drained.retryAt);
  };

  const comeBack = (at: number) => {
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(() => void run(), Math.max(1_000, at - now()));
  };

  const exchange = async () => {
    try {
      await withSessionLock(round);
    } catch (error) {
      if (stopped || store.closed) return;
      connection.value = trouble(error);
      if (connection.value !== 'signed_out') comeBack(now() + 30_000);
      if (!isExpected(error, connection.value)) throw error;
    }
    onRound();
  };

  const exchangeWhileAsked = async () => {
    try {
      do {
        again = false;
        await exchange();
      } while (again && !stopped);
    } finally {
      running = undefined;
    }
  };

  const run = async (): Promise<void> => {
    if (stopped || store.closed || isPutOff(notBefore, now())) return;
    again = running !== undefined;
    running ??= exchangeWhileAsked();
    return running;
  };

  const onOnline = () => {
    if (!store.closed) void store.forgetDelays().then(run);
  };
  const onVisible = () => {
    if (document.visibilityState !== 'visible') return;
    looking = true;
    void run();
  };
  addEventListener('online', onOnline);
  document.addEventListener('visibilitychange', onVisible);

  return {
    connection,
    clockAhead,
    run,
    stop() {
      stopped = true;
      clearTimeout(timer);
      removeEventListener('online', onOnline);
      document.removeEventListener('visibilitychange', onVisible);
    },
  };
}

function trouble(error: unknown): Connection {
  if (error instanceof NoConnection) return 'offline';
  if (error instanceof ApiProblem && error.status === 401) return 'signed_out';
  // JSON cut off by a proxy counts as trouble on the way.
  return [ApiProblem, ForeignAnswer, SyntaxError].some((kind) => error instanceof kind) ? 'trouble' : 'phone';
}

// A phone that refuses to read or write is told of on the screen; anything else from here is a mistake of the program.
const isExpected = (error: unknown, told: Connection) => told !== 'phone' || error instanceof DOMException;
