import { formats } from '../../formats';
import { patientTexts, texts } from '../../texts';
import { isEmergency } from '../../../shared/stop-signs';
import { holdInWords } from './holds';
import type { PatientFile } from '../file';
import { localDate } from '../moments';

/** What changes management before any figure is read: red flags that alert, and reasons to take the stockings off. */
export function Alerts({ file }: { file: PatientFile }) {
  const { alerts: words, health } = patientTexts.value;
  const { date, night } = formats.value;
  const { red_flags: redFlags, screening } = file.health;
  const holding = file.holds.filter(({ ended }) => ended === null);
  const flags = redFlags.flatMap(({ flag, urgency }) => (urgency === 'soon' ? [] : [`${health.flags[flag]} (${words[urgency]})`]));
  const recent = file.problems.filter((row) => row.recent);
  // Danger first.
  const problems = [...recent.filter(({ problem }) => isEmergency(problem)), ...recent.filter(({ problem }) => !isEmergency(problem))];
  if (flags.length + problems.length + holding.length === 0) return null;
  return (
    <section class="alerts" aria-labelledby="alerts">
      <h2 id="alerts">{words.title}</h2>
      <ul>
        {flags.length > 0 && (
          <li>
            <strong>{words.redFlag(date(localDate(screening.answered_at!, file.patient.zone)))}</strong>: {flags.join('; ')}. {words.noStockings}
          </li>
        )}
        {problems.map(({ problem, last_night: last }) => (
          <li key={problem}>
            <strong>{isEmergency(problem) ? words.emergencyNight : words.problem}</strong>: {texts.value.nights.problems[problem]}, {words.lastNight(night(last))}. {isEmergency(problem) ? words.calledForHelp : words.comeOff}
          </li>
        ))}
        {holding.length > 0 && <li><strong>{words.onHold}</strong>: {holding.map((sign) => holdInWords(sign)).join('; ')}. {words.onHoldText}</li>}
      </ul>
      <p class="quiet">{words.watched}</p>
    </section>
  );
}
