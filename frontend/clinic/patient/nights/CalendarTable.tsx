import { addDays } from '../../../shared/nights';
import { formats } from '../../formats';
import type { ClinicNight, Trial } from '../../records';
import { texts } from '../../texts';
import { inWeeks, mondayOf, wasWorn, type NightRow } from './nights';

/** The calendar as a table: a week a row, cramps and stockings of each night. */
export function CalendarTable({ rows, exposure }: { rows: readonly NightRow[]; exposure: Trial['exposure'] }) {
  const words = texts.value.nights;
  const { shortDate, weekday } = formats.value;
  const monday = mondayOf(rows[0]?.date ?? '2026-01-05');
  return (
    <div class="scroll tall" role="region" aria-label={words.calendarCaption} tabIndex={0}>
      <table class="calendar-table">
        <caption>{words.calendarCaption}</caption>
        <thead>
          <tr>
            <th scope="col">{words.week}</th>
            {Array.from({ length: 7 }, (_, day) => <th key={day} scope="col">{weekday(addDays(monday, day))}</th>)}
          </tr>
        </thead>
        <tbody>
          {inWeeks(rows).map((week) => (
            <tr key={week.monday}>
              <th scope="row">{shortDate(week.monday)}</th>
              {week.days.map((row, day) => <td key={day}>{row && <Day night={row.night} exposure={exposure} />}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Day({ night, exposure }: { night: ClinicNight | null; exposure: Trial['exposure'] }) {
  const words = texts.value.nights;
  if (night === null) return <span class="missing">{words.missing}</span>;
  const worn = wasWorn(night, exposure);
  return <>{formats.value.number(night.cramps.length)} {worn !== null && <small>{worn ? words.on : words.off}</small>}</>;
}
