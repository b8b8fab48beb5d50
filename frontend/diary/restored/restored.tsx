import '../me/reminders/reminders.css';
import { useEffect, useState } from 'preact/hooks';
import { PageTitle } from '../components/page-title';
import { useSteady } from '../components/steady';
import { problemText } from '../phone/problem';
import { navigate } from '../router';
import { offered, session } from '../session/signals';
import { language } from '../texts';
import { ask } from './ask';
import { datesName } from './dates-name';
import { leaveThem, takeThem } from './decide';
import { lostHere, type Found } from './found';
import { restoredTexts } from './texts';

export { loadRestoredTexts as loadTexts } from './texts';

/** After a restore that lost an account: what has happened, and whose the nights on this phone are. */
export function Restored() {
  const open = session.value?.store.userId;
  const [taken, setTaken] = useState<Found | null>(null);
  // Whoever comes by the address, or opens the page again, finds what stands now.
  useEffect(() => void ask(), []);
  if (taken) return <Taken found={taken} />;
  if (lostHere.value && lostHere.value.account === open) return <Lost found={lostHere.value} />;
  if (offered.value && offered.value.account !== open) return <Mine found={offered.value} onTaken={setTaken} />;
  return <Nothing />;
}

function Lost({ found }: { found: Found }) {
  const t = restoredTexts.value.lost;
  return (
    <>
      <PageTitle text={t.title} />
      <p class="lead">{t.text}</p>
      {found.nights > 0 && <p class="notice strong">{t.safe(found.nights, datesOf(found))}</p>}
      <section class="card">
        <h2>{t.how}</h2>
        <ol class="steps">{t.steps.map((step) => <li key={step}>{step}</li>)}</ol>
        <p class="hint">{t.other}</p>
      </section>
      <p>{t.meanwhile}</p>
      <div class="action-bar">
        <a class="primary" href="/welcome">{t.go}</a>
        <a class="quiet" href="/">{t.stay}</a>
      </div>
    </>
  );
}

function Mine({ found, onTaken }: { found: Found; onTaken: (found: Found) => void }) {
  const t = restoredTexts.value.mine;
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const steady = useSteady(found.account);
  const decide = async (task: () => Promise<void>, then: () => void) => {
    setBusy(true);
    setProblem(null);
    await task().then(then, (error: unknown) => setProblem(`${t.failed} ${problemText(error)}`));
    setBusy(false);
  };
  return (
    <>
      <PageTitle text={t.title} />
      <p class="lead strong">{t.nights(found.nights, datesOf(found))}</p>
      <p>{t.text}</p>
      <section class="card">
        <button type="button" class="primary" disabled={busy} onClick={() => steady() && void decide(takeThem, () => onTaken(found))}>{busy ? t.taking : t.yes}</button>
        <p class="hint">{t.yesHint}</p>
        <button type="button" class="secondary" disabled={busy} onClick={() => steady() && void decide(leaveThem, () => navigate(found.onward, { replace: true }))}>{t.no}</button>
        <p class="hint">{t.noHint}</p>
      </section>
      <p role="alert" class="field-error">{problem}</p>
    </>
  );
}

function Taken({ found }: { found: Found }) {
  const t = restoredTexts.value.taken;
  return (
    <>
      <PageTitle text={t.title} />
      <p class="lead" role="status">{t.text(found.nights)}</p>
      <div class="action-bar">
        <a class="primary" href={found.onward}>{t.go}</a>
      </div>
    </>
  );
}

function Nothing() {
  const t = restoredTexts.value.nothing;
  return (
    <>
      <PageTitle text={t.title} />
      <p>{t.text}</p>
      <a class="secondary" href="/">{t.go}</a>
    </>
  );
}

const datesOf = ({ first, last }: Found): string => (first && last ? datesName(first, last, language.value) : '');
