/** What can happen to one request. */
export type Fault =
  | 'none'
  | 'drop_before'
  | 'drop_after'
  | 'cut_off'
  | 'portal'
  | 'bad_gateway'
  | 'internal'
  | 'unauthorized'
  | 'csrf'
  | 'too_large'
  | 'too_many';

const statuses: Partial<Record<Fault, [number, string]>> = {
  internal: [500, 'internal'],
  unauthorized: [401, 'unauthorized'],
  csrf: [400, 'csrf'],
  too_large: [413, 'too-large'],
  too_many: [429, 'rate-limited'],
};

/** What the next reads and writes meet, one each; those beyond meet nothing. */
export interface Mishaps {
  reads: Fault[];
  writes: Fault[];
}

/** A network with a browser's cookies whose next requests meet what is planned. */
export function faulty(onWrite: () => Promise<void>) {
  const cookies = new Map<string, string>();
  let planned: Mishaps = { reads: [], writes: [] };

  const reach = async (request: Request): Promise<Response> => {
    const headers = new Headers(request.headers);
    headers.set('Cookie', [...cookies].map((pair) => pair.join('=')).join('; '));
    const response = await fetch(new Request(request, { headers }));
    for (const cookie of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (name) cookies.set(name, value ?? '');
    }
    if (request.method !== 'GET') await onWrite();
    return response;
  };

  const meet = async (fault: Fault, request: Request): Promise<Response> => {
    const status = statuses[fault];
    if (status) return problem(...status);
    if (fault === 'drop_before') throw new TypeError('no network');
    if (fault === 'portal') return page(200);
    if (fault === 'bad_gateway') return page(502);
    const response = await reach(request);
    if (fault === 'drop_after') throw new TypeError('no network');
    return fault === 'cut_off' ? half(response) : response;
  };

  return {
    fetch: (request: Request) => meet((request.method === 'GET' ? planned.reads : planned.writes).shift() ?? 'none', request),
    plan({ reads, writes }: Mishaps): void {
      planned = { reads: [...reads], writes: [...writes] };
    },
    forget(): void {
      planned = { reads: [], writes: [] };
      cookies.clear();
    },
  };
}

function problem(status: number, slug: string): Response {
  const headers = { 'Content-Type': 'application/problem+json', ...(status === 429 && { 'Retry-After': '30' }) };
  return new Response(JSON.stringify({ type: `/problems/${slug}`, title: slug, status }), { status, headers });
}

function page(status: number): Response {
  return new Response('<h1>Welcome to the hotel</h1>', { status, headers: { 'Content-Type': 'text/html' } });
}

/** The answer with half of its body. */
async function half(response: Response): Promise<Response> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(bytes.slice(0, bytes.length / 2));
      controller.error(new TypeError('terminated'));
    },
  });
  return new Response(response.status === 204 ? null : body, response);
}
