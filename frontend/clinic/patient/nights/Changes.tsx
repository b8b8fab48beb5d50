import { useSignal } from '@preact/signals';
import { bodyOf } from '../../../shared/api/client';
import { differing } from '../../../shared/nights';
import { api } from '../../api';
import { Failed } from '../../shell/Failed';
import { formats } from '../../formats';
import { failureOf, type Failure } from '../../load';
import type { Changes as Page, NightChange, Patient } from '../../records';
import { askToSignIn, isSignedOut } from '../../session';
import { patientTexts, texts } from '../../texts';
import { nightLines } from './changeLines';
import { Choice } from '../Choice';
import { localMoment } from '../moments';

const KINDS = ['corrections', 'all'] as const;
type Kind = (typeof KINDS)[number];

/** What every night was before, who changed it and when: read when it is opened, and told to the patient. */
export function Changes({ patient }: { patient: Patient }) {
  const page = useSignal<Page | null>(null);
  const kind = useSignal<Kind>('corrections');
  const failure = useSignal<Failure | null>(null);
  const isBusy = useSignal(false);
  const read = async (wanted: Kind, before?: number) => {
    isBusy.value = true;
    failure.value = null;
    try {
      const next = await readChanges(patient.id, wanted === 'corrections', before);
      const shown = before === undefined ? [] : (page.value?.revisions ?? []);
      page.value = { ...next, revisions: [...shown, ...next.revisions] };
      kind.value = wanted;
    } catch (error) {
      if (isSignedOut(error)) askToSignIn();
      else failure.value = failureOf(error);
    }
    isBusy.value = false;
  };
  const words = patientTexts.value.changes;
  return (
    <section class="panel changes" id="changes" aria-labelledby="changes-title" aria-busy={isBusy.value}>
      <details onToggle={(event) => event.currentTarget.open && !page.value && void read(kind.value)}>
        <summary><h2 id="changes-title">{words.title}</h2></summary>
        <Choice label={words.label} names={KINDS} nameOf={(name) => words[name]} isChosen={(name) => name === kind.value} choose={(name) => void read(name)} />
        {failure.value && <Failed failure={failure.value} retry={() => read(kind.value)} />}
        {!page.value && !failure.value && <p class="quiet" role="status">{texts.value.app.loading}</p>}
        {page.value && <Shown page={page.value} kind={kind.value} zone={patient.zone} more={(before) => read(kind.value, before)} />}
      </details>
      <p class="quiet small">{words.open}</p>
    </section>
  );
}

async function readChanges(id: string, corrections: boolean, before: number | undefined): Promise<Page> {
  const query = { corrections, ...(before !== undefined && { before }) };
  return (await bodyOf(api.GET('/api/patients/{patient_id}/history', { params: { path: { patient_id: id }, query } }))) as Page;
}

interface ShownProps {
  page: Page;
  kind: Kind;
  zone: string;
  more: (before: number) => Promise<void>;
}

function Shown({ page: { revisions, total, next }, kind, zone, more }: ShownProps) {
  const words = patientTexts.value.changes;
  const { number } = formats.value;
  if (revisions.length === 0) return <p>{kind === 'corrections' ? words.none : words.noneAtAll}</p>;
  return (
    <>
      <p class="quiet small" role="status">{words.shown(number(revisions.length), number(total))}</p>
      <div class="scroll" role="region" aria-label={words.title} tabIndex={0}>
        <table class="changes-table">
          <caption>{words.caption(zone)}</caption>
          <thead>
            <tr>{[words.night, words.when, words.what, words.before, words.after].map((name) => <th key={name} scope="col">{name}</th>)}</tr>
          </thead>
          <tbody>{revisions.map((change, index) => <Row key={index} change={change} zone={zone} />)}</tbody>
        </table>
      </div>
      {next !== null && <p><button type="button" class="button" onClick={() => void more(next)}>{words.more}</button></p>}
    </>
  );
}

function Row({ change, zone }: { change: NightChange; zone: string }) {
  const words = patientTexts.value.changes;
  const { night_date: date, at, actor, action, late, old, new: next } = change;
  const who = actor === null ? words.gone : actor.role === 'patient' ? words.patient : actor.display_name;
  const lines = { nights: texts.value.nights, panels: patientTexts.value.panels, changes: words };
  const { gone, come } = differing(nightLines(old, lines, formats.value), nightLines(next, lines, formats.value));
  return (
    <tr>
      <th scope="row" class="whole">{formats.value.night(date)}</th>
      <td>{localMoment(at, zone)}<br /><span class="quiet">{who}</span></td>
      <td>{words.actions[action]}{late && <><br /><span class="quiet">{words.late}</span></>}</td>
      {old === null ? <td colSpan={2}>{come.join(' · ')}</td> : <><td><Lines lines={gone} /></td><td><Lines lines={come} /></td></>}
    </tr>
  );
}

function Lines({ lines }: { lines: readonly string[] }) {
  if (lines.length === 0) return <span class="quiet">{patientTexts.value.changes.nothing}</span>;
  return <ul>{lines.map((line) => <li key={line}>{line}</li>)}</ul>;
}
