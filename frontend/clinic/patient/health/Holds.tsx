import { formats } from '../../formats';
import type { Hold } from '../../records';
import { patientTexts } from '../../texts';
import { holdInWords } from './holds';

/** Every stop sign for which the patient was told to leave the stockings off, and how it ended. */
export function Holds({ holds }: { holds: readonly Hold[] }) {
  const words = patientTexts.value.holds;
  if (holds.length === 0) return null;
  return (
    <>
      <h3>{words.title}</h3>
      <ul>
        {holds.map((hold) => (
          <li key={`${hold.night_date} ${hold.code} ${hold.told_at}`}>
            {holdInWords(hold)}: {hold.ended ? words.ended[hold.ended.how](formats.value.date(hold.ended.on)) : <strong>{words.stands}</strong>}
          </li>
        ))}
      </ul>
      <p class="quiet small">{words.note}</p>
    </>
  );
}
