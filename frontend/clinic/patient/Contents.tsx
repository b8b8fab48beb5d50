import '../styles/patient.css';
import { useMemo } from 'preact/hooks';
import { formats } from '../formats';
import { Heading } from '../shell/Heading';
import { patientTexts, texts } from '../texts';
import { Adherence } from './trials/Adherence';
import { Alerts } from './health/Alerts';
import { CalendarTable } from './nights/CalendarTable';
import { Changes } from './nights/Changes';
import { ChartPanel } from './charts/ChartPanel';
import { Downloads } from './Downloads';
import type { PatientFile } from './file';
import { HealthSection } from './health/HealthSection';
import { everyNight } from './nights/nights';
import { PageNav } from './PageNav';
import { TimelinePanel } from './nights/TimelinePanel';
import { Told } from './nights/Told';
import { Trials } from './trials/Trials';
import { Verdict } from './result/Verdict';

/** All about one patient, in the order of a visit: what cannot wait, the result, the nights behind it, the rest. */
export function Contents({ file }: { file: PatientFile }) {
  const { charts } = texts.value;
  const { patient, nights, first_night: first, as_of: last } = file;
  const rows = useMemo(() => everyNight(nights, first, last), [nights, first, last]);
  const trial = file.trials.find(({ compared }) => compared);
  return (
    <>
      <div class="patient-head">
        <div>
          <Heading>{patient.display_name}</Heading>
          <Facts file={file} nightsInAll={rows.length} />
        </div>
        <Downloads id={patient.id} />
      </div>
      <Alerts file={file} />
      <PageNav hasNights={rows.length > 0} />
      <Verdict file={file} trial={trial} hasNights={rows.length > 0} />
      {rows.length > 0 && (
        <>
          <TimelinePanel id={patient.id} rows={rows} trial={trial} />
          <ChartPanel id={patient.id} chart="calendar" title={charts.calendar}>
            <CalendarTable rows={rows} exposure={trial?.exposure ?? 'any'} />
          </ChartPanel>
        </>
      )}
      <section class="panel" id="trials" aria-labelledby="trials-title">
        <h2 id="trials-title">{patientTexts.value.sections.trials}</h2>
        <Adherence result={file.result} trial={trial} />
        <Trials trials={file.trials} zone={patient.zone} />
      </section>
      <HealthSection health={file.health} holds={file.holds} zone={patient.zone} />
      <Told file={file} />
      <Changes patient={patient} />
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
