import './plan.css';
import { answerDays } from '../../shared/answers';
import { dayName, deviceZone, wallClock } from '../../shared/nights';
import type { Trial } from '../../shared/api/types';
import { now } from '../clock';
import { PreviousIcon } from '../components/icons';
import { PlanMark } from '../components/marks';
import { PageTitle } from '../components/page-title';
import { phaseOf } from '../night/assignment';
import { StockingsOff } from '../night/stockings-off';
import { safety } from '../safety';
import { planned } from '../session';
import { language, planTexts, texts } from '../texts';
import { dateRange, Facts } from './facts';
import { Months } from './months';
import { MoveTrial } from './move';
import { StopTrial } from './stop';

/** What was drawn for every night of the trial, how, and the way out of it. */
export function Plan() {
  const t = planTexts.value;
  const [trial, ...earlier] = planned.value.trials;
  const today = wallClock(now.value, deviceZone()).date;
  return (
    <>
      <a class="back" href="/"><PreviousIcon />{texts.value.nav.today}</a>
      <PageTitle text={t.title} />
      {trial ? <Latest trial={trial} /> : <None />}
      {earlier.length > 0 && <h2>{t.earlier}</h2>}
      {earlier.map((each) => (
        <details key={each.id} class="card">
          <summary><h3>{dateRange(each)}</h3></summary>
          <Facts trial={each} early={each.stopped_at === null && answerDays(each).some((day) => day > today)} />
        </details>
      ))}
    </>
  );
}

function None() {
  const t = planTexts.value;
  return (
    <section class="card">
      <h2>{t.none}</h2>
      <p>{t.noneText}</p>
      <a class="secondary" href="/start/trial">{t.begin}</a>
    </section>
  );
}

function Latest({ trial }: { trial: Trial }) {
  const t = planTexts.value;
  const today = wallClock(now.value, deviceZone()).date;
  const phase = phaseOf(trial, planned.value.finished, today);
  const open = phase === 'running' || phase === 'ahead';
  return (
    <>
      {open && safety.value === 'blocked' ? <section class="card"><StockingsOff /></section> : <p class="lead">{phase === 'ahead' ? t.phases.ahead(dayName(trial.start_date, language.value)) : t.phases[phase]}</p>}
      <ul class="plain legend" aria-label={t.legend}>
        <li><PlanMark assigned={true} />{t.legendOn[trial.exposure]}</li>
        <li><PlanMark assigned={false} />{t.legendOff[trial.exposure]}</li>
        {(phase === 'stopped' || phase === 'finished') && <li><PlanMark assigned={null} />{t.legendNothing}</li>}
      </ul>
      <Months trial={trial} today={today} until={phase === 'finished' ? today : null} />
      <section class="card">
        <h2>{t.facts}</h2>
        <Facts trial={trial} early={phase === 'finished'} />
      </section>
      {phase === 'ahead' && trial.moved_from === null && <MoveTrial trial={trial} today={today} />}
      {open && <StopTrial trial={trial} />}
      {(!trial.active || phase === 'finished') && <a class="secondary" href="/start/trial">{t.again}</a>}
    </>
  );
}
