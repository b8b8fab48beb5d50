import './plan.css';
import { deviceZone, wallClock } from '../../shared/nights';
import type { Trial } from '../../shared/api/types';
import { now } from '../clock';
import { PreviousIcon } from '../components/icons';
import { PlanMark } from '../components/marks';
import { PageTitle } from '../components/page-title';
import { phaseOf } from '../night/assignment';
import { StockingsOff } from '../night/stockings-off';
import { safety } from '../safety';
import { planned } from '../session';
import { planTexts, texts } from '../texts';
import { dateRange, Facts } from './facts';
import { Months } from './months';
import { StopTrial } from './stop';

/** What was drawn for every night of the trial, how, and the way out of it. */
export function Plan() {
  const t = planTexts.value;
  const [trial, ...earlier] = planned.value.trials;
  return (
    <>
      <a class="back" href="/"><PreviousIcon />{texts.value.nav.today}</a>
      <PageTitle text={t.title} />
      {trial ? <Latest trial={trial} /> : <None />}
      {earlier.length > 0 && <h2>{t.earlier}</h2>}
      {earlier.map((each) => (
        <details key={each.id} class="card">
          <summary><h3>{dateRange(each)}</h3></summary>
          <Facts trial={each} />
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
      {open && safety.value === 'blocked' ? <section class="card"><StockingsOff /></section> : <p class="lead">{t.phases[phase]}</p>}
      <ul class="plain legend" aria-label={t.legend}>
        <li><PlanMark assigned={true} />{t.legendOn[trial.exposure]}</li>
        <li><PlanMark assigned={false} />{t.legendOff[trial.exposure]}</li>
        {(phase === 'stopped' || phase === 'finished') && <li><PlanMark assigned={null} />{t.legendNothing}</li>}
      </ul>
      <Months trial={trial} today={today} until={phase === 'finished' ? today : null} />
      <section class="card">
        <h2>{t.facts}</h2>
        <Facts trial={trial} />
      </section>
      {open && <StopTrial trial={trial} />}
      {(!trial.active || phase === 'finished') && <a class="secondary" href="/start/trial">{t.again}</a>}
    </>
  );
}
