import '../shared/tokens.css';
import '../shared/base.css';
import './diary.css';
import { render, type ComponentChild } from 'preact';
import { App } from './app';
import { startClock } from './clock';
import { Failure, Guard } from './components/failure';
import { navigate, path, startRouter } from './router';
import { resume, session } from './session';
import { takeShareLink } from './share-link';
import { loadTexts } from './texts';
import { startUpdates } from './update';

const root = document.getElementById('app')!;

async function start(): Promise<void> {
  startRouter();
  const invited = takeShareLink();
  await Promise.all([loadTexts(), resume()]);
  if (session.value === null) navigate('/welcome', { replace: true });
  else if (invited) navigate('/me/sharing', { replace: true });
  else if (path.value === '/welcome') navigate('/', { replace: true });
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
whenIdle(() => void startUpdates().catch(console.warn));
