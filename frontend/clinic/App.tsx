import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { Failed } from './shell/Failed';
import { Header } from './shell/Header';
import { Heading } from './shell/Heading';
import { failureOf, type Failure } from './load';
import { EvidencePage } from './evidence/EvidencePage';
import { PatientPage } from './patient/PatientPage';
import { RosterPage } from './roster/RosterPage';
import type { Me } from './records';
import { navigate, route } from './router';
import { ROSTER_PATH } from './routes';
import { loadMe, me } from './session';
import { SharePage } from './share/SharePage';
import { SignIn } from './shell/SignIn';
import { texts } from './texts';
import { WrongRole } from './shell/WrongRole';

/** The physician's app: who is signed in decides first, the address second. */
export function App() {
  const failure = useSignal<Failure | null>(null);
  const start = async () => {
    failure.value = null;
    await loadMe().catch((error: unknown) => (failure.value = failureOf(error)));
  };
  useEffect(() => void start(), []);

  if (failure.value) return <main id="content" class="page narrow"><Failed failure={failure.value} retry={start} /></main>;
  const reader = me.value;
  if (reader === undefined) return <p class="page quiet" role="status">{texts.value.app.loading}</p>;
  if (reader === null) return <SignIn />;
  if (reader.role !== 'physician') return <WrongRole role={reader.role} />;
  return (
    <>
      <a class="skip" href="#content">{texts.value.app.skip}</a>
      <Header reader={reader} />
      <Page reader={reader} />
    </>
  );
}

function Page({ reader }: { reader: Me }) {
  const current = route.value;
  useEffect(() => {
    if (current.page === 'sign-in') navigate(ROSTER_PATH, { replace: true });
  }, [current]);
  switch (current.page) {
    case 'sign-in':
      return null;
    case 'roster':
      return <RosterPage />;
    case 'patient':
      return <PatientPage key={current.id} id={current.id} />;
    case 'evidence':
      return <EvidencePage family={current.family} />;
    case 'share':
      return <SharePage physician={reader} />;
    case 'unknown':
      return <Unknown />;
  }
}

function Unknown() {
  const { app } = texts.value;
  return (
    <main id="content" class="page narrow">
      <Heading>{app.unknownTitle}</Heading>
      <p>{app.unknownText}</p>
      <p><a href={ROSTER_PATH}>{app.toRoster}</a></p>
    </main>
  );
}
