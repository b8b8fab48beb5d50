import '../pages/calendar.css';
import type { Trial } from '../../shared/api/types';
import type { PlainDate } from '../../shared/nights';
import { PlanMark } from '../components/marks';
import { assignedOn } from '../night/assignment';
import { firstWeekday, monthName, monthsBetween, weekdayNames, weeksOf, type Month } from '../pages/month';
import { plan } from '../session';
import { language, texts } from '../texts';

interface MonthsProps {
  trial: Trial;
  today: PlainDate;
  /** The day from which the trial plans nothing more, if it has its answer. */
  until: PlainDate | null;
}

/** The whole allocation, a calendar for every month of the trial. */
export function Months({ trial, today, until }: MonthsProps) {
  const assignment = (date: PlainDate) => (until && date >= until ? null : assignedOn(plan.value, date));
  return (
    <>
      {monthsBetween(trial.start_date, trial.end_date).map((month) => <MonthTable key={month} month={month} trial={trial} today={today} assignment={assignment} />)}
    </>
  );
}

interface MonthProps extends Pick<MonthsProps, 'trial' | 'today'> {
  month: Month;
  assignment: (date: PlainDate) => boolean | null;
}

function MonthTable({ month, trial, today, assignment }: MonthProps) {
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
                {date && <PlanDay date={date} assigned={within(date) ? assignment(date) : undefined} current={date === today} />}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A day of the plan; without `assigned` it lies outside the trial. */
function PlanDay({ date, assigned, current }: { date: PlainDate; assigned: boolean | null | undefined; current: boolean }) {
  const number = <span class="day-number">{Number(date.slice(8))}</span>;
  if (assigned === undefined) return <span class="day day-future">{number}</span>;
  return (
    <span class="day" aria-current={current ? 'date' : undefined}>
      {number}
      <PlanMark assigned={assigned} />
      <span class="visually-hidden">{texts.value.plan.cell(assigned)}</span>
    </span>
  );
}
