import { useEffect, useMemo } from 'preact/hooks';
import { Failed } from '../Failed';
import { formats } from '../formats';
import { Heading } from '../Heading';
import { resource } from '../load';
import { ROSTER_PATH } from '../routes';
import { texts } from '../texts';
import { CalendarTable } from './CalendarTable';
import { ChartPanel } from './ChartPanel';
import { Downloads } from './Downloads';
import { readFile, type PatientFile } from './file';
import { everyNight } from './nights';
import { NightsTable } from './NightsTable';
import { Trials } from './Trials';
import { Verdict } from './Verdict';

/** One patient: the result first, then the nights behind it. */
export function PatientPage({ id }: { id: string }) {
  const file = useMemo(() => resource(() => readFile(id)), [id]);
  useEffect(() => void file.refresh(), [file]);
  const state = file.state.value;
  const { app, patient } = texts.value;
  return (
    <main id="content" class="page patient" aria-busy={state.status === 'loading'}>
      <p class="back"><a href={ROSTER_PATH}>← {patient.back}</a></p>
      {state.status === 'loading' && <Loading label={app.loading} />}
      {state.status === 'failed' && <Failed failure={state.failure} retry={() => file.refresh()} />}
      {state.status === 'ready' && <Contents file={state.value} />}
    </main>
  );
}

function Contents({ file }: { file: PatientFile }) {
  const { charts } = texts.value;
  const { patient, nights, first_night: first, as_of: last } = file;
  const rows = useMemo(() => everyNight(nights, first, last), [nights, first, last]);
  const exposure = file.trials[0]?.exposure ?? 'any';
  return (
    <>
      <div class="patient-head">
        <div>
          <Heading>{patient.display_name}</Heading>
          <Facts file={file} nightsInAll={rows.length} />
        </div>
        <Downloads id={patient.id} />
      </div>
      <Verdict file={file} hasNights={rows.length > 0} />
      {rows.length > 0 && (
        <>
          <ChartPanel id={patient.id} chart="timeline" title={charts.timeline} lastNight={rows[0]?.date}>
            <NightsTable rows={rows} />
          </ChartPanel>
          <ChartPanel id={patient.id} chart="calendar" title={charts.calendar}>
            <CalendarTable rows={rows} exposure={exposure} />
          </ChartPanel>
        </>
      )}
      <Trials trials={file.trials} />
    </>
  );
}

function Facts({ file, nightsInAll }: { file: PatientFile; nightsInAll: number }) {
  const { patient: words } = texts.value;
  const { date } = formats.value;
  const { patient, first_night: first, as_of: last } = file;
  const facts = [
    patient.birth_year === null ? null : words.born(String(patient.birth_year)),
    first === null ? null : words.period(date(first), date(last)),
    first === null ? null : words.recorded(file.nights.length, nightsInAll),
  ];
  return <p class="facts">{facts.filter((fact) => fact !== null).join(' · ')}</p>;
}

function Loading({ label }: { label: string }) {
  return (
    <>
      <p class="visually-hidden" role="status">{label}</p>
      <div aria-hidden="true" class="patient-loading">
        <span class="placeholder title" />
        <span class="placeholder" />
        <div class="verdict">
          <span class="placeholder block" />
          <span class="placeholder block" />
        </div>
        <span class="placeholder block" />
      </div>
    </>
  );
}
