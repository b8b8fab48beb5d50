import '../pages/calendar.css';
import type { Trial } from '../../shared/api/types';
import type { PlainDate } from '../../shared/nights';
import { PlanMark } from '../components/marks';
import { assignedOn } from '../night/assignment';
import { firstWeekday, monthName, monthsBetween, weekdayNames, weeksOf, type Month } from '../pages/month';
import { plan } from '../session/signals';
import { language, planTexts, texts } from '../texts';

interface MonthsProps {
  trial: Trial;
  today: PlainDate;
  /** The day from which the trial plans nothing more, if it has its answer. */
  until: PlainDate | null;
  /** Whether stockings stay off, from today on, whatever was drawn. */
  off: boolean;
}

/** The whole allocation, a calendar for every month of the trial. */
export function Months({ trial, today, until, off }: MonthsProps) {
  const assignment = (date: PlainDate) => (until && date >= until ? null : assignedOn(plan.value, date));
  return (
    <>
      {monthsBetween(trial.start_date, trial.end_date).map((month) => <MonthTable key={month} month={month} trial={trial} today={today} off={off} assignment={assignment} />)}
    </>
  );
}

interface MonthProps extends Pick<MonthsProps, 'trial' | 'today' | 'off'> {
  month: Month;
  assignment: (date: PlainDate) => boolean | null;
}

function MonthTable({ month, trial, today, off, assignment }: MonthProps) {
  const start = firstWeekday(language.value);
  const within = (date: PlainDate) => trial.start_date <= date && date <= trial.end_date;
  return (
    <table class="calendar plan-month">
      <caption>{monthName(month, language.value)}</caption>
      <thead>
        <tr>{weekdayNames(language.value, start).map(({ short, long }) => <th key={long} scope="col" abbr={long}>{short}</th>)}</tr>
      </thead>
      <tbody>
        {weeksOf(month, start).filter((week) => week.some((date) => date && within(date))).map((week) => (
          <tr key={week.find(Boolean)}>
            {week.map((date, index) => (
              <td key={date ?? index}>
                {date && <PlanDay date={date} assigned={within(date) ? assignment(date) : undefined} today={today} off={off} />}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A day of the plan; without `assigned` it lies outside the trial. */
function PlanDay({ date, assigned, today, off }: Pick<MonthsProps, 'today' | 'off'> & { date: PlainDate; assigned: boolean | null | undefined }) {
  const number = <span class="day-number">{Number(date.slice(8))}</span>;
  if (assigned === undefined) return <span class="day day-future">{number}</span>;
  const { cell, cellOff } = texts.value.plan;
  const crossed = off && assigned !== null && date >= today;
  const said = crossed ? cellOff : off ? planTexts.value.cellPlanned(assigned) : cell(assigned);
  return (
    <span class="day" aria-current={date === today ? 'date' : undefined}>
      {number}
      <PlanMark assigned={assigned} off={crossed} />
      <span class="visually-hidden">{said}</span>
    </span>
  );
}
