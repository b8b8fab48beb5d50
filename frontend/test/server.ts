import type { Me, Night } from '../shared/api/types';

interface Stored {
  night: Night;
  etag: string;
  receivedAt: string;
}

type Fault = (request: Request) => Response | undefined | Promise<Response | undefined>;

/** The nights API of the contract in memory, with a place to inject faults. */
export class FakeServer {
  readonly origin = 'http://charley.test';
  readonly nights = new Map<string, Stored>();
  /** What was stored or refused, by night. */
  readonly history = new Map<string, { action: 'recorded' | 'refused'; new: Night }[]>();
  readonly requests: { method: string; path: string; ifMatch: string | null }[] = [];
  epoch = 'epoch-1';
  userId: string | null = 'user-1';
  now = Date.parse('2026-11-04T08:00:00Z');
  /** Answers in place of the server (a Response), before it (throw) or not at all (undefined). */
  before: Fault = () => undefined;
  /** Sees the server's answer and may replace or drop it. */
  after: (request: Request, response: Response) => Response = (_request, response) => response;
  pageSize = 500;
  private changes: string[] = [];
  /** When each change was received, by its number. */
  private instants: string[] = [];
  private versions = 0;
  private token = 'token-1';

  readonly fetch = async (request: Request): Promise<Response> => {
    const path = new URL(request.url).pathname;
    this.requests.push({ method: request.method, path, ifMatch: request.headers.get('If-Match') });
    const fault = await this.before(request);
    return fault ?? this.after(request, await this.answer(request, path));
  };

  /** Requests of one method, as "PUT /api/nights/2026-11-03". */
  sent(method: string): string[] {
    return this.requests.filter((request) => request.method === method).map((request) => `${method} ${request.path}`);
  }

  /** Stores a night as another device would. */
  store(night: Night, receivedAt = new Date(this.now).toISOString()): string {
    const etag = `"v${++this.versions}"`;
    this.nights.set(night.night_date, { night, etag, receivedAt });
    this.remember(night, 'recorded');
    this.change(night.night_date);
    return etag;
  }

  remove(date: string): void {
    this.nights.delete(date);
    this.change(date);
  }

  private change(date: string): void {
    this.changes.push(date);
    this.instants.push(`${new Date(this.now).toISOString().slice(0, 19)}.${String(++this.versions).padStart(6, '0')}Z`);
  }

  /** A restore from backup: another epoch, and only these nights. */
  restore(nights: Night[]): void {
    this.epoch = `epoch-${++this.versions}`;
    this.nights.clear();
    this.history.clear();
    this.changes = [];
    this.instants = [];
    for (const night of nights) this.store(night);
  }

  /** Takes a copy of everything; the function it returns puts that back by hand, so that the epoch stays. */
  copy(): () => void {
    const [nights, history] = [new Map(this.nights), new Map(this.history)];
    const [changes, instants] = [this.changes, this.instants].map((list) => [...list]) as [string[], string[]];
    return () => {
      this.nights.clear();
      this.history.clear();
      for (const [date, stored] of nights) this.nights.set(date, stored);
      for (const [date, known] of history) this.history.set(date, known);
      [this.changes, this.instants] = [[...changes], [...instants]];
    };
  }

  rotateToken(): void {
    this.token = `token-${++this.versions}`;
  }

  problem(status: number, slug: string, extra: object = {}, headers: Record<string, string> = {}): Response {
    return new Response(JSON.stringify({ type: `/problems/${slug}`, title: slug, status, ...extra }), {
      status,
      headers: { 'Content-Type': 'application/problem+json', Date: new Date(this.now).toUTCString(), ...headers },
    });
  }

  private changed(): Record<string, string> {
    const newest = this.instants.at(-1);
    return newest ? { 'Diary-Changed': newest } : {};
  }

  private json(body: object, status = 200, headers: Record<string, string> = {}): Response {
    return new Response(JSON.stringify(body), {
      status,
      headers: { 'Content-Type': 'application/json', Date: new Date(this.now).toUTCString(), ...headers },
    });
  }

  private async answer(request: Request, path: string): Promise<Response> {
    if (path === '/api/auth/login') return this.json({ meta: { code: 200 }, response: { csrf_token: this.token } });
    if (this.userId === null) return this.problem(401, 'unauthorized');
    if (request.method !== 'GET' && request.headers.get('X-CSRF-Token') !== this.token) return this.problem(400, 'csrf');
    if (path === '/api/me') return this.json({ id: this.userId, role: 'patient' } as Partial<Me>);
    if (path === '/api/nights') return this.feed(new URL(request.url));
    const date = path.split('/')[3] ?? '';
    if (path.endsWith('/history')) return this.revisions(date);
    if (request.method === 'GET') return this.get(date);
    return request.method === 'PUT' ? this.put(date, (await request.json()) as Night, request) : this.delete(date, request);
  }

  private get(date: string): Response {
    const stored = this.nights.get(date);
    return stored ? this.json(stored.night, 200, { ETag: stored.etag, ...this.changed() }) : this.problem(404, 'not-found');
  }

  private put(date: string, body: Night, request: Request): Response {
    const stored = this.nights.get(date);
    const same = stored && JSON.stringify(stored.night) === JSON.stringify(body);
    if (same) return this.json(stored.night, 200, { ETag: stored.etag, ...this.changed() });
    const refusal = this.precondition(stored, request);
    if (refusal) this.remember(body, 'refused');
    if (refusal) return refusal;
    const etag = this.store(body);
    return this.json(body, stored ? 200 : 201, { ETag: etag, ...this.changed() });
  }

  private delete(date: string, request: Request): Response {
    const stored = this.nights.get(date);
    if (stored) {
      const refusal = this.precondition(stored, request);
      if (refusal) return refusal;
      this.remove(date);
    }
    return new Response(null, { status: 204, headers: { Date: new Date(this.now).toUTCString(), ...this.changed() } });
  }

  private revisions(date: string): Response {
    const revisions = this.history.get(date);
    return revisions ? this.json({ revisions }) : this.problem(404, 'not-found');
  }

  private remember(night: Night, action: 'recorded' | 'refused'): void {
    this.history.set(night.night_date, [...(this.history.get(night.night_date) ?? []), { action, new: night }]);
  }

  private precondition(stored: Stored | undefined, request: Request): Response | undefined {
    const ifMatch = request.headers.get('If-Match');
    if (!stored) return undefined;
    if (!ifMatch) return this.problem(428, 'precondition-required');
    if (ifMatch === stored.etag) return undefined;
    return this.problem(412, 'precondition-failed', { current: stored.night, current_received_at: stored.receivedAt }, { ETag: stored.etag, ...this.changed() });
  }

  private feed(url: URL): Response {
    let cursor = Number(url.searchParams.get('cursor') ?? 0);
    const told = url.searchParams.getAll('last_change');
    if (cursor > this.changes.length || told.some((at) => !this.instants.includes(at))) {
      this.epoch = `epoch-${++this.versions}`;
      cursor = 0;
    }
    const next = Math.min(this.changes.length, cursor + this.pageSize);
    const dates = [...new Set(this.changes.slice(cursor, next))];
    const present = dates.flatMap((date) => this.nights.get(date) ?? []);
    return this.json({
      epoch: this.epoch,
      cursor: next,
      nights: present.map(({ night }) => night),
      etags: Object.fromEntries(present.map(({ night, etag }) => [night.night_date, etag])),
      deleted: dates.filter((date) => !this.nights.has(date)),
      last_change: this.instants.at(-1) ?? null,
    });
  }
}
