import type { ComponentType } from 'preact';
import type { Route } from './router';
import {
  loadCrampTexts,
  loadMeTexts,
  loadPasskeyTexts,
  loadPlanTexts,
  loadResultTexts,
  loadSharingTexts,
} from './texts';

/** Places that come with the first load. */
type FirstPlace = 'today' | 'welcome' | 'not_found';

/** Places that are fetched when they are first opened; the service worker keeps them at hand. */
export type LaterPlace = Exclude<Route['name'], FirstPlace>;

/** What the address tells a page; a page takes what it needs. */
export interface PlaceProps {
  date?: string;
}

/** Fetches a place with the texts it speaks. */
export const laterPlaces: Record<LaterPlace, () => Promise<ComponentType<PlaceProps>>> = {
  nights: async () => (await import('./pages/nights')).Nights,
  night: async () => (await import('./pages/night')).Night as ComponentType<PlaceProps>,
  cramp: async () => (await withTexts(loadCrampTexts, import('./cramp/cramp-now'))).CrampNow,
  plan: async () => (await withTexts(loadPlanTexts, import('./plan/plan'))).Plan,
  result: async () => (await withTexts(loadResultTexts, import('./pages/result'))).Result,
  me: async () => (await withTexts(loadSharing, import('./pages/me'))).Me,
  profile: async () => (await withTexts(loadMeTexts, import('./me/profile'))).Profile,
  passkeys: async () => (await withTexts(() => Promise.all([loadMeTexts(), loadPasskeyTexts()]), import('./me/passkeys'))).Passkeys,
  look: async () => (await withTexts(loadMeTexts, import('./me/look'))).Look,
  sharing: async () => (await withTexts(loadSharing, import('./me/sharing'))).Sharing,
};

export const isLater = (name: Route['name']): name is LaterPlace => name in laterPlaces;

async function withTexts<Page>(texts: () => Promise<unknown>, page: Promise<Page>): Promise<Page> {
  return (await Promise.all([page, texts()]))[0];
}

// The list that is Me says with how many the diary is shared, and sharing leads back to that list.
const loadSharing = async () => void (await Promise.all([loadMeTexts(), loadSharingTexts()]));
