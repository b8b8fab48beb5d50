import { useEffect, useRef } from 'preact/hooks';
import { Failed } from '../shell/Failed';
import { Heading } from '../shell/Heading';
import type { PatientRow } from '../records';
import { hasNavigated } from '../router';
import { EVIDENCE_PATH, patientPath } from '../routes';
import { texts } from '../texts';
import { EmptyRoster } from './EmptyRoster';
import { Filters } from './Filters';
import { useRosterKeys } from './keys';
import { Legend } from './Legend';
import { OverviewChart } from './OverviewChart';
import { lastOpened, roster, showEveryone, shown } from './roster';
import { LoadingTable, RosterTable } from './RosterTable';

/** Every patient who shares with the reader, most useful first. */
export function RosterPage() {
  useEffect(() => void roster.refresh(), []);
  const state = roster.state.value;
  const words = texts.value.roster;
  return (
    <main id="content" class="page roster" aria-busy={state.status === 'loading'}>
      <Heading>{words.title}</Heading>
      {state.status === 'loading' && <LoadingTable />}
      {state.status === 'failed' && <Failed failure={state.failure} retry={() => roster.refresh()} />}
      {state.status === 'ready' && (state.value.length === 0 ? <EmptyRoster /> : <Roster patients={state.value} />)}
    </main>
  );
}

function Roster({ patients }: { patients: PatientRow[] }) {
  const list = useRef<HTMLDivElement>(null);
  const search = useRef<HTMLInputElement>(null);
  useRosterKeys(list, search);
  useEffect(() => {
    const left = hasNavigated.value && lastOpened.value ? list.current?.querySelector(`[href="${patientPath(lastOpened.value)}"]`) : null;
    if (left instanceof HTMLElement) {
      left.focus({ preventScroll: true });
      left.scrollIntoView({ block: 'center' });
    }
  }, []);
  const words = texts.value.roster;
  return (
    <>
      <Filters patients={patients} search={search} />
      <OverviewChart patients={patients} />
      <p class="count" role="status">{words.shown(shown.value.length, patients.length)}</p>
      <div ref={list}>
        <RosterTable patients={patients} />
      </div>
      {shown.value.length === 0 && (
        <div class="notice">
          <h2>{words.noMatchTitle}</h2>
          <p>{words.noMatchText}</p>
          <button type="button" class="button" onClick={showEveryone}>{words.showAll}</button>
        </div>
      )}
      <Legend />
      <p class="small">{words.watched}</p>
      <p class="small"><a href={EVIDENCE_PATH}>{texts.value.howOftenWrong}</a></p>
    </>
  );
}
