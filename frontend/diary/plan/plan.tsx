import './plan.css';
import { answerDays } from '../../shared/answers';
import { dayName } from '../../shared/nights';
import type { Trial } from '../../shared/api/types';
import { capitalized } from '../../shared/texts/capitalized';
import { PreviousIcon } from '../components/icons';
import { PlanMark } from '../components/marks';
import { PageTitle } from '../components/page-title';
import { phaseOf } from '../night/assignment';
import { StockingsOff } from '../night/stockings-off';
import { wearing } from '../hold/hold';
import { evening } from '../night/evening';
import { planned } from '../session/signals';
import { language, planTexts, texts } from '../texts';
import { dateRange, Facts } from './facts';
import { Months } from './months';
import { MoveTrial } from './move';
import { StopTrial } from './stop';

/** What was drawn for every night of the trial, how, and the way out of it. */
export function Plan() {
  const t = planTexts.value;
  const [trial, ...earlier] = planned.value.trials;
  const today = evening.value.tonight;
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
  const off = wearing.value === 'off';
  return (
    <section class="card">
      <h2>{t.none}</h2>
      {off ? <StockingsOff planned={false} /> : <p>{t.noneText}</p>}
      {!off && <a class="secondary" href="/start/trial">{t.begin}</a>}
    </section>
  );
}

function Latest({ trial }: { trial: Trial }) {
  const t = planTexts.value;
  const today = evening.value.tonight;
  const phase = phaseOf(trial, planned.value.finished, today);
  const open = phase === 'running' || phase === 'ahead';
  const off = wearing.value === 'off' || (open && wearing.value === 'ask');
  const legend = off ? t.legendPlanned : { on: t.legendOn[trial.exposure], off: t.legendOff[trial.exposure] };
  return (
    <>
      {off && <section class="card"><StockingsOff planned={open} /></section>}
      {!(off && open) && <p class="lead">{phase === 'ahead' ? t.phases.ahead(dayName(trial.start_date, language.value)) : t.phases[phase]}</p>}
      <ul class="plain legend" aria-label={t.legend}>
        <li><PlanMark assigned={true} />{legend.on}</li>
        <li><PlanMark assigned={false} />{legend.off}</li>
        {off && open && <li><PlanMark assigned={null} off />{capitalized(texts.value.plan.cellOff, language.value)}</li>}
        {(phase === 'stopped' || phase === 'finished') && <li><PlanMark assigned={null} />{t.legendNothing}</li>}
      </ul>
      <Months trial={trial} today={today} until={phase === 'finished' ? today : null} off={off} />
      <section class="card">
        <h2>{t.facts}</h2>
        <Facts trial={trial} early={phase === 'finished'} />
      </section>
      {phase === 'ahead' && trial.moved_from === null && <MoveTrial trial={trial} />}
      {open && <StopTrial trial={trial} />}
      {!off && (!trial.active || phase === 'finished') && <a class="secondary" href="/start/trial">{t.again}</a>}
    </>
  );
}
