import type { Trial } from '../../shared/api/types';
import { dayName, deviceZone, wallClock, weekdayName, type PlainDate } from '../../shared/nights';
import { now } from '../clock';
import { PlanMark } from '../components/marks';
import { safety } from '../safety';
import { plan, planned } from '../session';
import { language, texts } from '../texts';
import { capitalized } from './words';
import { assignedOn, daysFrom, isTold, phaseOf, type Phase } from './assignment';
import { StockingsOff } from './stockings-off';

const daysShown = 7;

/** Whether today and tonight are for stockings, and the days ahead. */
export function Tonight() {
  const { trials, finished } = planned.value;
  const trial = trials[0];
  const today = wallClock(now.value, deviceZone()).date;
  if (!trial || !isTold(trial, today)) return null;
  const t = texts.value.plan;
  const phase = phaseOf(trial, finished, today);
  const ended = phase !== 'running' && phase !== 'ahead';
  return (
    <section class="tonight" aria-label={t.title}>
      {!ended && safety.value === 'blocked' ? <StockingsOff /> : <Standing trial={trial} phase={phase} today={today} />}
      {!ended && <PlanStrip from={today} days={daysShown} />}
      <p class="links">
        <a href="/plan">{t.all}</a>
        {ended && <a href="/result">{t.result}</a>}
      </p>
    </section>
  );
}

function Standing({ trial, phase, today }: { trial: Trial; phase: Phase; today: PlainDate }) {
  const t = texts.value.plan;
  if (phase === 'running') return <Assignment trial={trial} today={today} />;
  return <p>{phase === 'ahead' ? t.ahead(dayName(trial.start_date, language.value)) : t[phase]}</p>;
}

function Assignment({ trial, today }: { trial: Trial; today: PlainDate }) {
  const t = texts.value.plan;
  const assigned = assignedOn(plan.value, today);
  if (assigned === null) return null;
  return (
    <p class="tonight-now">
      <PlanMark assigned={assigned} />
      <span><span class="hint">{capitalized(dayName(today, language.value), language.value)}</span><strong>{(assigned ? t.on : t.off)[trial.exposure]}</strong></span>
    </p>
  );
}

/** Days of the plan in a row: filled with stockings, an outline without. */
export function PlanStrip({ from, days }: { from: PlainDate; days: number }) {
  const t = texts.value.plan;
  return (
    <ol class="plain strip">
      {daysFrom(plan.value, from, days).map(({ date, assigned }) => (
        <li key={date}>
          <span aria-hidden="true">{weekdayName(date, language.value, 'short')}</span>
          <span aria-hidden="true" class="day-number">{Number(date.slice(8))}</span>
          <PlanMark assigned={assigned} />
          <span class="visually-hidden">{dayName(date, language.value)}: {t.cell(assigned)}</span>
        </li>
      ))}
    </ol>
  );
}
