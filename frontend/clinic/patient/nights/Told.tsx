import type { ComponentChildren } from 'preact';
import { formats } from '../../formats';
import type { ContributorRow, ProblemRow } from '../../records';
import { patientTexts, texts } from '../../texts';
import type { PatientFile } from '../file';

const FIRST_NOTES = 8;

/** What was told beside cramps and stockings: problems, contributors, and the patient's own words. */
export function Told({ file }: { file: PatientFile }) {
  const words = patientTexts.value.told;
  return (
    <section class="panel" id="told" aria-labelledby="told-title">
      <h2 id="told-title">{words.title}</h2>
      <div class="columns">
        <div>
          <h3>{words.problems}</h3>
          {file.problems.length === 0 ? <p>{words.noProblems}</p> : <Problems rows={file.problems} />}
        </div>
        <div>
          <h3>{words.contributors}</h3>
          {file.contributors.length === 0 ? <p>{words.noContributors}</p> : <Contributors rows={file.contributors} />}
        </div>
        <div>
          <h3>{words.notes}</h3>
          <Notes nights={file.nights} />
        </div>
      </div>
    </section>
  );
}

function Problems({ rows }: { rows: readonly ProblemRow[] }) {
  const words = patientTexts.value.told;
  const { number, night } = formats.value;
  return (
    <Table label={words.problems} columns={[words.problem, words.nights, words.lastNight]}>
      {rows.map(({ problem, nights, last_night: last, stop }) => (
        <tr key={problem}>
          <th scope="row">{texts.value.nights.problems[problem]}{stop && <> · <strong>{words.comeOff}</strong></>}</th>
          <td>{number(nights)}</td>
          <td class="whole">{night(last)}</td>
        </tr>
      ))}
    </Table>
  );
}

function Contributors({ rows }: { rows: readonly ContributorRow[] }) {
  const words = patientTexts.value.told;
  const { number, rate } = formats.value;
  return (
    <>
      <Table label={words.contributors} columns={[words.contributor, words.nightsWith, words.crampsANight]}>
        {rows.map((row) => (
          <tr key={row.contributor}>
            <th scope="row">{texts.value.nights.contributors[row.contributor]}</th>
            <td>{number(row.nights_with)} / {number(row.nights_without)}</td>
            <td>{rate(row.rate_with)} / {row.rate_without === null ? '–' : rate(row.rate_without)}</td>
          </tr>
        ))}
      </Table>
      <p class="quiet small">{words.contributorsNote}</p>
    </>
  );
}

function Notes({ nights }: { nights: PatientFile['nights'] }) {
  const words = patientTexts.value.told;
  const notes = [...nights].reverse().flatMap(({ night_date: date, note }) => (note ? [{ date, note }] : []));
  if (notes.length === 0) return <p>{words.noNotes}</p>;
  const list = (some: typeof notes) => (
    <ul class="notes">{some.map(({ date, note }) => <li key={date}><span class="quiet">{formats.value.night(date)}</span> {note}</li>)}</ul>
  );
  if (notes.length <= FIRST_NOTES) return list(notes);
  return (
    <>
      {list(notes.slice(0, FIRST_NOTES))}
      <details>
        <summary>{words.olderNotes(notes.length - FIRST_NOTES)}</summary>
        {list(notes.slice(FIRST_NOTES))}
      </details>
    </>
  );
}

function Table({ label, columns, children }: { label: string; columns: readonly string[]; children: ComponentChildren }) {
  return (
    <div class="scroll" role="region" aria-label={label} tabIndex={0}>
      <table>
        <caption class="visually-hidden">{label}</caption>
        <thead><tr>{columns.map((column) => <th key={column} scope="col">{column}</th>)}</tr></thead>
        <tbody>{children}</tbody>
      </table>
    </div>
  );
}
