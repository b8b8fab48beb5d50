import { useEffect, useRef } from 'preact/hooks';
import { arrival } from './arrival';
import { CalendarIcon, IntervalIcon, MoonIcon, PersonIcon } from './components/icons';
import { focusHeading, PageTitle } from './components/page-title';
import { ConnectionNotice, OverallState, SavedNotice } from './components/state';
import { Help, HelpButton } from './help';
import { missing, opened, type PlaceName } from './opened';
import { openPlace } from './places';
import { navigate, path, routeOf, type Route } from './router';
import { connection, departed, session } from './session/signals';
import { pendingShare } from './share-link';
import { refused } from './store/open';
import { language, texts } from './texts';
import { update } from './update';

/** The app: a bar, the page, four places. */
export function App() {
  const t = texts.value;
  const route = routeOf(path.value);
  const main = useRef<HTMLElement>(null);
  const signedIn = session.value !== null;
  useRedirects(route, signedIn);
  // At night there is the page and nothing beside it; it brings its own ways out and to help.
  const bare = route.name === 'cramp' && signedIn;
  useFocusOnArrival(main.current, signedIn);
  return (
    <>
      {!bare && <a class="skip" href="#main">{t.skip}</a>}
      {!bare && (
        <header class="app-bar">
          <span class="brand">{t.name}</span>
          {signedIn && <OverallState />}
          <HelpButton />
        </header>
      )}
      <main id="main" ref={main} tabIndex={-1} lang={language.value}>
        {signedIn && !bare && route.name !== 'welcome' && <ConnectionNotice />}
        {signedIn && route.name === 'today' && pendingShare.value && <Invitation />}
        <Place route={route} />
      </main>
      {signedIn && !bare && <Tabs />}
      <SavedNotice />
      {update.value && !bare && <UpdateOffer onAccept={update.value} />}
      <Help />
    </>
  );
}

function Place({ route }: { route: Route }) {
  const name = refused.value ? 'refused' : session.value !== null || route.name === 'not_found' ? route.name : departed.value ? 'goodbye' : 'welcome';
  useEffect(() => void openPlace(name), [name]);
  if (name === 'not_found') return <NotFound />;
  const Page = opened.value[name];
  const { name: _name, ...props } = route;
  if (Page) return <Page key={name === 'welcome' ? name : path.value} {...props} />;
  return missing.value === name ? <Missing name={name} /> : null;
}

function Missing({ name }: { name: PlaceName }) {
  const t = texts.value;
  return (
    <>
      <PageTitle text={t.problem.missing} />
      <p>{t.problem.missingText}</p>
      <button type="button" class="primary" onClick={() => void openPlace(name)}>{t.problem.again}</button>
    </>
  );
}

/** A physician's link that was opened before there was a diary to share, or a moment to decide. */
function Invitation() {
  const t = texts.value.invitation;
  return <p class="notice">{t.text} <a href="/me/sharing">{t.open}</a></p>;
}

function NotFound() {
  const t = texts.value.problem;
  return (
    <>
      <PageTitle text={t.notFound} />
      <p>{t.notFoundText}</p>
      <a class="secondary" href="/">{texts.value.nav.today}</a>
    </>
  );
}

function Tabs() {
  const t = texts.value.nav;
  // A page such as /nights/<date> or /me/profile belongs to the place its address begins with.
  const here = ['/plan', '/hold'].includes(path.value) ? '/' : `/${path.value.split('/')[1]}`;
  const places = [
    ['/', t.today, MoonIcon],
    ['/nights', t.nights, CalendarIcon],
    ['/result', t.result, IntervalIcon],
    ['/me', t.me, PersonIcon],
  ] as const;
  return (
    <nav class="tabs" aria-label={t.label}>
      {places.map(([to, label, Icon]) => (
        <a key={to} href={to} aria-current={to === here ? 'page' : undefined}>
          <Icon />
          {label}
        </a>
      ))}
    </nav>
  );
}

function UpdateOffer({ onAccept }: { onAccept: () => void }) {
  const t = texts.value.update;
  return (
    <div class="update" role="status">
      <p>{t.ready}</p>
      <button type="button" class="secondary" onClick={onAccept}>{t.apply}</button>
      <button type="button" class="quiet" onClick={() => (update.value = null)}>{t.later}</button>
    </div>
  );
}

function useRedirects(route: Route, signedIn: boolean): void {
  useEffect(() => {
    // An effect runs after its page was shown: whoever came in or went out may have been led on since.
    const [open, welcoming] = [session.value !== null, path.value === '/welcome'];
    if (!open && !welcoming && route.name !== 'not_found') navigate('/welcome', { replace: true });
    // With an expired session the diary stays open, and the welcome page is where to sign in again.
    if (open && welcoming && connection.value === 'ok') navigate(arrival(), { replace: true });
  }, [route.name, signedIn, connection.value]);
}

// A screen reader follows the focus: a new page puts it on the heading, the very first one leaves it alone.
function useFocusOnArrival(main: HTMLElement | null, signedIn: boolean): void {
  const arrived = useRef(path.value);
  useEffect(() => {
    if (arrived.current === path.value) return;
    arrived.current = path.value;
    scrollTo(0, 0);
    focusHeading(main);
  }, [path.value, signedIn]);
}
