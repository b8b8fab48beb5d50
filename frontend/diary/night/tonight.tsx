import type { Trial } from '../../shared/api/types';
import { addDays, dayName, weekdayName, type PlainDate } from '../../shared/nights';
import { PlanMark } from '../components/marks';
import { wearing } from '../hold/hold';
import { plan, planned } from '../session/signals';
import { capitalized } from '../../shared/texts/capitalized';
import { language, texts } from '../texts';
import { assignedOn, daysFrom, isTold, phaseOf, type Phase } from './assignment';
import { evening } from './evening';
import { NightName } from './name';
import { StockingsOff } from './stockings-off';

const daysShown = 7;

/** Whether today and tonight are for stockings, and the days ahead; whatever speaks against them comes first. */
export function Tonight() {
  const { trials, finished } = planned.value;
  const { tonight } = evening.value;
  const trial = trials[0] && isTold(trials[0], tonight) ? trials[0] : undefined;
  const t = texts.value.plan;
  const phase = trial && phaseOf(trial, finished, tonight);
  const open = phase === 'running' || phase === 'ahead';
  const off = wearing.value !== 'follow' && (open || wearing.value === 'off');
  if (!trial && !off) return null;
  return (
    <section class="tonight" aria-label={t.title}>
      {off && <StockingsOff planned={open} />}
      {trial && phase && !(off && open) && <Standing trial={trial} phase={phase} />}
      {open && <PlanStrip from={tonight} days={daysShown} />}
      {trial && (
        <p class="links">
          <a href="/plan">{t.all}</a>
          {!open && <a href="/result">{t.result}</a>}
        </p>
      )}
    </section>
  );
}

function Standing({ trial, phase }: { trial: Trial; phase: Phase }) {
  const t = texts.value.plan;
  const { tonight, goesOn } = evening.value;
  const morning = goesOn && <FromThisMorning trial={trial} day={addDays(tonight, 1)} />;
  if (phase === 'running') return <><Assignment trial={trial} day={tonight} />{morning}</>;
  return <><p>{phase === 'ahead' ? t.ahead(dayName(trial.start_date, language.value)) : t[phase]}</p>{phase === 'ahead' && morning}</>;
}

/** What the plan says of the night a person is in, or of the day that leads to it. */
function Assignment({ trial: { exposure }, day }: { trial: Trial; day: PlainDate }) {
  const t = texts.value.plan;
  const { goesOn } = evening.value;
  const assigned = assignedOn(plan.value, day);
  if (assigned === null) return null;
  // In bed nothing is left to do for a trial of wear by day.
  const inBed = goesOn && exposure === 'day';
  return (
    <p class="tonight-now">
      <PlanMark assigned={inBed ? null : assigned} />
      <span>
        <span class="hint">{goesOn ? <>{t.tonight}: <NightName date={day} /></> : capitalized(dayName(day, language.value), language.value)}</span>
        <strong>{inBed ? t.nothingInBed : (assigned ? t.on : t.off)[exposure]}</strong>
        {assigned && !inBed && <span class="hint">{t.when[exposure]}</span>}
      </span>
    </p>
  );
}

/** What begins with the new day, apart from the night that still goes on. */
function FromThisMorning({ trial: { exposure }, day }: { trial: Trial; day: PlainDate }) {
  const t = texts.value.plan;
  const assigned = assignedOn(plan.value, day);
  if (assigned === null) return null;
  return (
    <p class="from-morning">
      <PlanMark assigned={assigned} />
      <span>{(exposure === 'night' ? t.fromEvening : t.fromMorning)(dayName(day, language.value))}: {(assigned ? t.next.on : t.next.off)[exposure]}</span>
    </p>
  );
}

/** Days of the plan in a row: filled with stockings, an outline without; crossed out while they stay off. */
export function PlanStrip({ from, days }: { from: PlainDate; days: number }) {
  const t = texts.value.plan;
  const off = wearing.value !== 'follow';
  return (
    <ol class="plain strip">
      {daysFrom(plan.value, from, days).map(({ date, assigned }) => (
        <li key={date}>
          <span aria-hidden="true">{weekdayName(date, language.value, 'short')}</span>
          <span aria-hidden="true" class="day-number">{Number(date.slice(8))}</span>
          <PlanMark assigned={assigned} off={off && assigned !== null} />
          <span class="visually-hidden">{dayName(date, language.value)}: {off && assigned !== null ? t.cellOff : t.cell(assigned)}</span>
        </li>
      ))}
    </ol>
  );
}
