import { bring, type PlaceName, type PlacePage } from './opened';
import {
  loadCrampTexts,
  loadDataTexts,
  loadDetailTexts,
  loadHoldTexts,
  loadMeTexts,
  loadNightsTexts,
  loadPasskeyTexts,
  loadPhoneTexts,
  loadPlanTexts,
  loadReminderTexts,
  loadResultTexts,
  loadSharingTexts,
  loadStartTexts,
  loadWelcomeTexts,
} from './texts';

// Every place is fetched with the texts it speaks when it is first opened; the service worker keeps them all at hand.
const places: Record<PlaceName, () => Promise<PlacePage>> = {
  welcome: async () => (await withTexts(loadWelcomeTexts, import('./pages/welcome'))).Welcome,
  today: async () => (await import('./pages/today')).Today,
  nights: async () => (await withTexts(loadNightsTexts, import('./pages/nights'))).Nights,
  night: async () => (await withTexts(() => Promise.all([loadNightsTexts(), loadDetailTexts()]), import('./pages/night'))).Night as PlacePage,
  cramp: async () => (await withTexts(loadCrampTexts, import('./cramp/cramp-now'))).CrampNow,
  hold: async () => (await withTexts(loadHoldTexts, import('./pages/hold'))).Hold,
  plan: async () => (await withTexts(loadPlanTexts, import('./plan/plan'))).Plan,
  result: async () => (await withTexts(loadResultTexts, import('./pages/result'))).Result,
  me: async () => (await withTexts(loadPlacesOfMe, import('./pages/me'))).Me,
  profile: async () => (await withTexts(loadMeTexts, import('./me/profile'))).Profile,
  passkeys: async () => (await withTexts(() => Promise.all([loadMeTexts(), loadPasskeyTexts()]), import('./me/passkeys'))).Passkeys,
  data: async () => (await withTexts(loadData, import('./me/data/data'))).Data,
  import: async () => (await withTexts(loadData, import('./me/data/import'))).Import,
  delete: async () => (await withTexts(loadData, import('./me/data/delete'))).Delete,
  goodbye: async () => (await withTexts(loadDataTexts, import('./me/data/goodbye'))).Goodbye,
  restored: async () => {
    const page = await import('./restored/restored');
    return withTexts(page.loadTexts, Promise.resolve(page.Restored));
  },
  refused: async () => (await withTexts(loadPhoneTexts, import('./phone/refused'))).Refused,
  look: async () => (await withTexts(loadMeTexts, import('./me/look'))).Look,
  reminders: async () => (await withTexts(() => Promise.all([loadMeTexts(), loadReminderTexts()]), import('./me/reminders/reminders'))).RemindersPage,
  sharing: async () => (await withTexts(loadSharing, import('./me/sharing/sharing'))).Sharing,
  start: async () => (await withTexts(() => Promise.all([loadMeTexts(), loadReminderTexts(), loadStartTexts(), loadHoldTexts()]), import('./start/start'))).Start as PlacePage,
};

/** Brings a place to hand, or notes that it is missing. */
export async function openPlace(name: PlaceName | 'not_found'): Promise<void> {
  if (name !== 'not_found') await bring(name, places[name]);
}

async function withTexts<Page>(texts: () => Promise<unknown>, page: Promise<Page>): Promise<Page> {
  return (await Promise.all([page, texts()]))[0];
}

const loadData = () => Promise.all([loadMeTexts(), loadDataTexts()]);
const loadPlacesOfMe = () => Promise.all([loadSharing(), loadDataTexts(), loadPlanTexts()]);

// The list that is Me says with how many the diary is shared, and sharing leads back to that list.
const loadSharing = async () => void (await Promise.all([loadMeTexts(), loadSharingTexts()]));
