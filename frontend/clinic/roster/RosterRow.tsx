import type { ClinicTexts } from '../../shared/texts/clinic/en';
import type { Formats } from '../formats';
import type { PatientRow } from '../records';
import { patientPath } from '../routes';
import { StateMark } from '../StateMark';
import { alertName, noRatio } from '../words';
import { IntervalBar } from './IntervalBar';
import { isDangerous } from './order';
import { lastOpened } from './roster';
import { Sparkline } from './Sparkline';

interface Props {
  patient: PatientRow;
  texts: ClinicTexts;
  formats: Formats;
  showsQ: boolean;
}

/** One patient in the list. */
export function RosterRow({ patient, texts, formats, showsQ }: Props) {
  const { roster } = texts;
  const { columns } = roster;
  return (
    <tr>
      <th scope="row" class="col-name">
        <a href={patientPath(patient.id)} onClick={() => (lastOpened.value = patient.id)}>{patient.display_name}</a>
      </th>
      <td class="col-state">
        <StateMark result={patient} />
        {patient.grade && <small title={texts.grades[patient.grade]}>{texts.grade(patient.grade)}</small>}
      </td>
      <td class="col-ratio" data-label={columns.ratio}><Ratio patient={patient} texts={texts} formats={formats} showsQ={showsQ} /></td>
      <td class="col-nights" data-label={columns.nights}>{formats.number(patient.nights_recorded)}</td>
      <td class="col-adherence" data-label={columns.adherence}>
        {patient.adherence === null
          ? <span class="quiet">{patient.state === 'running' ? roster.adherenceLater : roster.noAdherence}</span>
          : formats.percent(patient.adherence)}
      </td>
      <td class="col-last_entry" data-label={columns.last_entry}>
        {patient.last_entry ? formats.shortDate(patient.last_entry) : <span class="quiet">{roster.noEntry}</span>}
      </td>
      <td class="col-sparkline">
        <Sparkline
          values={patient.sparkline}
          recorded={patient.nights_recorded}
          label={({ cramps, none, missing }) => roster.sparkline(cramps, none, missing)}
        />
      </td>
      <td class="col-alerts" data-label={columns.alerts}>
        {patient.alerts.length === 0
          ? <span class="quiet">{roster.noAlerts}</span>
          : patient.alerts.map((alert) => <span key={alert} class={isDangerous(alert) ? 'alert' : 'alert silent'}>{alertName(alert, texts)}</span>)}
      </td>
    </tr>
  );
}

function Ratio({ patient, texts, formats, showsQ }: Props) {
  const { state, rate_ratio: ratio, ci_low: low, ci_high: high, q_value: q } = patient;
  if (ratio === null || low === null || high === null) {
    return <span class="quiet">{noRatio(state, texts)}</span>;
  }
  const range = texts.roster.interval(formats.ratio(low), formats.ratio(high));
  return (
    <>
      <IntervalBar ratio={ratio} low={low} high={high} beyond={texts.roster.beyond} />
      <span class="ratio"><strong>{formats.ratio(ratio)}</strong> <small>{range}{showsQ && q !== null && <>, {texts.roster.q}{'\u00a0'}{formats.p(q)}</>}</small></span>
    </>
  );
}
