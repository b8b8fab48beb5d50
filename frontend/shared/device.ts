// What a browser may lack, or refuse in a private window or by a setting. Each has a truthful stand-in here, and
// nothing else in the apps asks for it directly.

/** Under which name stands whose diary was open last on this phone. */
export const userKey = 'charley-user';

/** Under which name stands whose diary lies here although a restore lost the account, and after a space who took it over. */
export const lostKey = 'charley-lost';

/** What the device keeps under a name; undefined where it keeps nothing at all. */
export function kept(name: string): string | null | undefined {
  try {
    return localStorage.getItem(name);
  } catch {
    return undefined;
  }
}

/** Keeps a text under a name, null forgets it; where the device refuses, the next page begins without. */
export function keep(name: string, text: string | null): void {
  try {
    if (text === null) localStorage.removeItem(name);
    else localStorage.setItem(name, text);
  } catch {
    // Whoever asks for it again is told that nothing is kept.
  }
}

/** An id that no other device makes, as a version 4 UUID; browsers before 2022 make none of their own. */
export function newId(): string {
  if (crypto.randomUUID) return crypto.randomUUID();
  // The fixed digits say the version; of the 8 two bits stay.
  return '10000000-1000-4000-8000-100000000000'.replace(/[018]/g, (digit) => {
    const random = crypto.getRandomValues(new Uint8Array(1))[0]!;
    return (Number(digit) ^ (random & (15 >> (Number(digit) / 4)))).toString(16);
  });
}

const turns = new Map<string, Promise<unknown>>();

/** Runs a task while no other of the same name runs: in any tab, or where tabs cannot agree on that, in this one. */
export async function inTurn<T>(name: string, task: () => Promise<T>): Promise<T> {
  let begun = false;
  try {
    return await navigator.locks.request(name, () => {
      begun = true;
      return task();
    });
  } catch (error) {
    if (begun) throw error;
  }
  const turn = Promise.resolve(turns.get(name)).then(task);
  turns.set(name, turn.catch(() => undefined));
  return turn;
}

/** Hears what other tabs tell, and gives the way to tell them; where there is none, each tab keeps to itself. */
export function openChannel<Message>(name: string, hear: (message: Message) => void): (message: Message) => void {
  try {
    const channel = new BroadcastChannel(name);
    channel.onmessage = ({ data }: MessageEvent<Message>) => hear(data);
    return (message) => channel.postMessage(message);
  } catch {
    return () => undefined;
  }
}

/** Ends a request after a time; browsers before 2022 have no signal of their own for it. */
export function timeLimit(ms: number): AbortSignal {
  if (AbortSignal.timeout) return AbortSignal.timeout(ms);
  const limit = new AbortController();
  setTimeout(() => limit.abort(), ms);
  return limit.signal;
}

let checked: string | undefined;
let zone = 'UTC';

/** The zone the device is in, by a name that this browser and the server know. */
export function deviceZone(): string {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  if (timeZone !== checked) {
    checked = timeZone;
    if (isNamed(timeZone)) zone = timeZone;
  }
  return zone;
}

/** Finds a zone that goes by this device's clock, where the device does not name its own; call before the first page. */
export async function findZone(): Promise<void> {
  deviceZone();
  if (!isNamed(checked)) zone = (await import('./zones')).zoneOfClock();
}

// A device may give no name, an offset, or "Etc/Unknown", which every format refuses.
function isNamed(name: string | undefined): boolean {
  try {
    return /^[A-Z]/.test(name ?? '') && Boolean(Intl.DateTimeFormat('en', { timeZone: name }));
  } catch {
    return false;
  }
}
