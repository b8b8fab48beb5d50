import createClient, { type Client } from 'openapi-fetch';
import { timeLimit } from '../device';
import type { paths } from './schema';

/** An RFC 9457 problem as the server sends it. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail?: string;
  errors?: { pointer: string; detail: string }[];
  [extension: string]: unknown;
}

/** The server refused, and said why. */
export class ApiProblem extends Error {
  override name = 'ApiProblem';

  constructor(
    readonly problem: Problem,
    readonly response: Response,
  ) {
    super(problem.detail ?? problem.title);
  }

  get status(): number {
    return this.response.status;
  }

  /** The last part of the problem's type: `validation`, `csrf`, `unauthorized`, … */
  get slug(): string {
    return this.problem.type.split('/').at(-1) ?? '';
  }
}

/** The request got no answer: no network, a dropped connection or a time-out. */
export class NoConnection extends Error {
  override name = 'NoConnection';
}

/** Something answered that is not Charley: a captive portal, a proxy's error page. */
export class ForeignAnswer extends Error {
  override name = 'ForeignAnswer';

  constructor(readonly response: Response) {
    super(`answer ${response.status} is not from Charley`);
  }
}

// The client sends the token by itself, so no caller has to.
type Tokenless<Operation> = Operation extends { parameters: { header: { 'X-CSRF-Token': string } } }
  ? Omit<Operation, 'parameters'> & { parameters: Omit<Operation['parameters'], 'header'> & { header?: never } }
  : Operation;
type Paths = { [Path in keyof paths]: { [Key in keyof paths[Path]]: Tokenless<paths[Path][Key]> } };

/** The typed client. Every call either yields a body or throws one of the three errors above. */
export type Api = Client<Paths>;

interface Options {
  origin?: string;
  fetch?: (request: Request) => Promise<Response>;
  timeoutMs?: number;
}

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Creates the only way to the server; it carries the CSRF token and renews it once when refused. */
export function createApi(options: Options = {}): Api {
  const origin = options.origin ?? location.origin;
  const timeoutMs = options.timeoutMs ?? 20_000;
  const plainFetch = options.fetch ?? ((request: Request) => fetch(request));
  let token: Promise<string> | undefined;

  const send = async (request: Request): Promise<Response> => {
    const limited = new Request(request, { signal: timeLimit(timeoutMs) });
    const response = await plainFetch(limited).then(complete).catch((cause: unknown) => {
      throw new NoConnection('no answer from the server', { cause });
    });
    return checked(response);
  };

  const fetchToken = async (): Promise<string> => {
    const response = await send(new Request(`${origin}/api/auth/login`, { headers: { Accept: 'application/json' } }));
    const body = (await response.json()) as { response: { csrf_token: string } };
    return body.response.csrf_token;
  };

  const sendWithToken = async (request: Request): Promise<Response> => {
    token ??= fetchToken();
    const current = await token.catch((error: unknown) => {
      token = undefined;
      throw error;
    });
    const headers = new Headers(request.headers);
    headers.set('X-CSRF-Token', current);
    return send(new Request(request.clone(), { headers }));
  };

  const guarded = async (request: Request): Promise<Response> => {
    if (safeMethods.has(request.method)) return send(request);
    const response = await sendWithToken(request).catch((error: unknown) => {
      if (!(error instanceof ApiProblem) || error.slug !== 'csrf') throw error;
      token = undefined;
      return sendWithToken(request);
    });
    // Signing in or out starts another session, which has its own token.
    if (new URL(request.url).pathname.startsWith('/api/auth/')) token = undefined;
    return response;
  };

  return createClient<Paths>({ baseUrl: origin, fetch: guarded, headers: { Accept: 'application/json' } });
}

/** The body of a call; what failed has already thrown. */
export async function bodyOf<T>(call: Promise<{ data?: T }>): Promise<T> {
  return (await call).data as T;
}

// An answer cut off on its way is no answer, so all of it is read before anything is made of it.
async function complete(response: Response): Promise<Response> {
  return new Response(response.status === 204 ? null : await response.arrayBuffer(), response);
}

async function checked(response: Response): Promise<Response> {
  const type = response.headers.get('Content-Type') ?? '';
  if (response.status === 204) return response;
  const file = response.headers.get('Content-Disposition')?.startsWith('attachment');
  if (response.ok && (file || type.startsWith('application/json'))) return response;
  if (!response.ok && type.startsWith('application/problem+json')) throw new ApiProblem((await response.json()) as Problem, response);
  throw new ForeignAnswer(response);
}
