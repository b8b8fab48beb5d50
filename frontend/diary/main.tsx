import '../shared/tokens.css';
import '../shared/base.css';
import './diary.css';
import { render, type ComponentChild } from 'preact';
import { findZone } from '../shared/device';
import { App } from './app';
import { startClock } from './clock';
import { Failure, Guard } from './components/failure';
import { openPlace } from './places';
import { navigate, path, routeOf, startRouter } from './router';
import { resume } from './session/open';
import { askToKeep } from './session/persist';
import { hasDiary, session } from './session/signals';
import { takeShareLink } from './share-link';
import { refused } from './store/open';
import { loadTexts } from './texts';
import { startUpdates } from './update';

const root = document.getElementById('app')!;

async function start(): Promise<void> {
  startRouter();
  askToKeep();
  const invited = takeShareLink();
  const first = hasDiary() ? routeOf(path.value).name : 'welcome';
  // These two need not wait for what every page says.
  const early = first === 'today' || first === 'welcome' ? openPlace(first) : undefined;
  await Promise.all([loadTexts(), findZone().then(resume), early]);
  if (session.value === null && routeOf(path.value).name !== 'not_found') navigate('/welcome', { replace: true });
  else if (invited) navigate('/me/sharing', { replace: true });
  else if (path.value === '/welcome') navigate('/', { replace: true });
  await openPlace(refused.value ? 'refused' : routeOf(path.value).name);
  show(<Guard><App /></Guard>);
  startClock();
}

function show(page: ComponentChild): void {
  root.replaceChildren();
  render(page, root);
}

void start().catch((error: unknown) => {
  console.error(error);
  show(<Failure />);
});

// The worker stores the rest of the app in the background; the first page goes first.
const whenIdle = globalThis.requestIdleCallback ?? ((task: () => void) => setTimeout(task, 1_000));
whenIdle(() => {
  void startUpdates().catch(console.warn);
  void keepReminders().catch(console.warn);
});

async function keepReminders(): Promise<void> {
  if (globalThis.Notification?.permission === 'granted') await (await import('./me/reminders/push')).keepOn();
}
