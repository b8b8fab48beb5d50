import { effect, signal } from '@preact/signals';
import type { PlainDate } from '../shared/nights';
import { sections, type Section } from './first-day';

/** A place in the app. */
export type Route =
  | {
      name:
        | 'today'
        | 'nights'
        | 'cramp'
        | 'plan'
        | 'hold'
        | 'result'
        | 'me'
        | 'profile'
        | 'passkeys'
        | 'sharing'
        | 'look'
        | 'data'
        | 'import'
        | 'delete'
        | 'reminders'
        | 'welcome'
        | 'restored'
        | 'not_found';
    }
  | { name: 'night'; date: PlainDate }
  | { name: 'start'; section: Section | null };

const plain: Record<string, Route> = {
  '/': { name: 'today' },
  '/nights': { name: 'nights' },
  '/cramp': { name: 'cramp' },
  '/plan': { name: 'plan' },
  '/hold': { name: 'hold' },
  '/result': { name: 'result' },
  '/me': { name: 'me' },
  '/me/profile': { name: 'profile' },
  '/me/look': { name: 'look' },
  '/me/data': { name: 'data' },
  '/me/import': { name: 'import' },
  '/me/delete': { name: 'delete' },
  '/me/sharing': { name: 'sharing' },
  '/me/reminders': { name: 'reminders' },
  '/me/passkeys': { name: 'passkeys' },
  '/welcome': { name: 'welcome' },
  '/restored': { name: 'restored' },
  '/start': { name: 'start', section: null },
};

/** The place an address names. */
export function routeOf(path: string): Route {
  const date = /^\/nights\/(\d{4}-\d{2}-\d{2})$/.exec(path)?.[1];
  if (date && isDate(date)) return { name: 'night', date };
  const section = /^\/start\/([a-z]+)$/.exec(path)?.[1];
  if (section && isSection(section)) return { name: 'start', section };
  return plain[path] ?? { name: 'not_found' };
}

/** The address shown; components read it through `routeOf(path.value)`. */
export const path = signal(typeof location === 'undefined' ? '/' : location.pathname);

/** Goes to a place; `replace` leaves no step for the back button. */
export function navigate(to: string, options: { replace?: boolean } = {}): void {
  if (options.replace) history.replaceState(null, '', to);
  else history.pushState(null, '', to);
  path.value = to;
}

/** Follows the back button and every link within the app. */
export function startRouter(): void {
  // Before anything of the next page is drawn: the screen for the night must not begin with a flash of light.
  effect(() => void document.documentElement.toggleAttribute('data-night', path.value === '/cramp'));
  addEventListener('popstate', () => {
    path.value = location.pathname;
  });
  document.addEventListener('click', (event) => {
    const link = (event.target as Element).closest('a');
    const elsewhere = !link || link.origin !== location.origin || link.target !== '' || link.hasAttribute('download');
    const otherwise = event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
    if (elsewhere || otherwise || event.defaultPrevented) return;
    if (link.hash || routeOf(link.pathname).name === 'not_found') return;
    event.preventDefault();
    if (link.pathname !== location.pathname) navigate(link.pathname);
    scrollTo(0, 0);
  });
}

const isSection = (text: string): text is Section => (sections as readonly string[]).includes(text);

function isDate(text: string): boolean {
  const date = new Date(`${text}T12:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
