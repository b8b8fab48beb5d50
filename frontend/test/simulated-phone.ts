import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import type { Cramp, Night } from '../shared/api/types';
import { createApi, type Api } from '../shared/api/client';
import { DiaryStore } from '../diary/store/store';
import { startSync } from '../diary/sync/sync';
import { faulty, type Mishaps } from './faults';
import { aCramp, aNight } from './nights';

/** Answers of one edit: fields to set, cramps to add by id, and one to take away. */
interface Edit {
  date: string;
  fields: Partial<Night>;
  add?: string[];
  drop?: string;
}

/** What a phone can be told to do. `now` is the true time in milliseconds; the phone's clock adds its own error. */
export type Command = { now: number } & (
  | { do: 'begin'; origin: string; email: string; password: string; user: string }
  | { do: 'open'; date: string }
  | ({ do: 'edit' } & Edit)
  | { do: 'delete'; date: string }
  | { do: 'sync'; mishaps?: Mishaps; meanwhile?: Edit }
  | { do: 'reload' | 'send_now' | 'sign_in' | 'lose_session' | 'dump' }
  | { do: 'skew'; by: number }
);

/** One phone: the diary's own store and sync, with the network and the clock in other hands. */
export class Phone {
  private readonly network = faulty(() => this.interrupt());
  private api!: Api;
  private store!: DiaryStore;
  private account = { email: '', password: '', user: '' };
  private skew = 0;
  private trueNow = 0;
  private forms = new Map<string, Night | null>();
  private meanwhile: Edit | undefined;

  constructor() {
    Object.assign(globalThis, {
      document: Object.assign(new EventTarget(), { visibilityState: 'visible' }),
      addEventListener: () => undefined,
      removeEventListener: () => undefined,
    });
    Date.now = () => this.now();
    // The next round comes when the test says so, not by itself.
    const { setTimeout: plain } = globalThis;
    globalThis.setTimeout = ((task: () => void, delay = 0) => (delay >= 1_000 ? 0 : plain(task, delay))) as typeof setTimeout;
  }

  async obey(command: Command): Promise<object> {
    this.trueNow = command.now;
    switch (command.do) {
      case 'begin':
        return this.begin(command.origin, command);
      case 'open':
        this.forms.set(command.date, await this.shown(command.date));
        return {};
      case 'edit':
        return this.edit(command);
      case 'delete':
        await this.store.remove(command.date, this.stamp());
        return {};
      case 'sync':
        return this.sync(command.mishaps, command.meanwhile);
      case 'reload':
        this.store.close();
        this.store = await DiaryStore.open(this.account.user);
        return {};
      case 'send_now':
        await this.store.makeDue();
        return {};
      case 'sign_in':
        await this.signIn();
        return {};
      case 'lose_session':
        this.network.forget();
        return {};
      case 'skew':
        this.skew = command.by;
        return {};
      case 'dump':
        return this.dump();
    }
  }

  private now(): number {
    return this.trueNow + this.skew;
  }

  private stamp(): string {
    return new Date(this.now()).toISOString();
  }

  private async begin(origin: string, account: Phone['account']): Promise<object> {
    globalThis.indexedDB = new IDBFactory();
    this.network.forget();
    this.forms.clear();
    this.skew = 0;
    this.account = account;
    this.api = createApi({ origin, fetch: this.network.fetch });
    await this.signIn();
    this.store = await DiaryStore.open(account.user);
    return {};
  }

  private async signIn(): Promise<void> {
    const { email, password } = this.account;
    await this.api.POST('/api/auth/login', { body: { email, password } });
  }

  private async shown(date: string): Promise<Night | null> {
    return (await this.store.snapshot()).nights.get(date)?.night ?? null;
  }

  /** Saves a form: one opened earlier, or else one opened at this moment. */
  private async edit({ date, fields, add = [], drop }: Edit): Promise<object> {
    const opened = this.forms.has(date) ? this.forms.get(date)! : await this.shown(date);
    this.forms.delete(date);
    const night = opened ?? aNight(date);
    const cramps: Cramp[] = [...night.cramps.filter(({ id }) => id !== drop), ...add.map((id) => aCramp(id))];
    await this.store.record({ ...night, ...fields, cramps, edited_at: this.stamp() }, opened);
    return {};
  }

  private async sync(mishaps: Mishaps = { reads: [], writes: [] }, meanwhile?: Edit): Promise<object> {
    this.meanwhile = meanwhile;
    this.network.plan(mishaps);
    const sync = startSync({ store: this.store, api: this.api, now: () => this.now(), onSignedIn: () => undefined, onRound: () => undefined });
    await sync.run();
    sync.stop();
    this.network.plan({ reads: [], writes: [] });
    const typed = meanwhile !== undefined && this.meanwhile === undefined;
    this.meanwhile = undefined;
    return { connection: sync.connection.value, typed };
  }

  /** The person types while a write is on its way. */
  private async interrupt(): Promise<void> {
    const edit = this.meanwhile;
    this.meanwhile = undefined;
    if (edit) await this.edit(edit);
  }

  private async dump(): Promise<object> {
    const { nights, outbox } = await this.store.snapshot();
    return { nights: [...nights.values()].map(({ night }) => night), outbox: [...outbox.values()] };
  }
}
