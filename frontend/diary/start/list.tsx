import { CheckIcon, NextIcon, PhoneIcon } from '../components/icons';
import { PageTitle } from '../components/page-title';
import { openSections, firstDay, sections, type Section } from '../first-day';
import '../me/me.css';
import { pendingShare } from '../share-link';
import { startTexts } from '../texts';
import { keptWishes } from './trial/kept-wishes';
import { markOf, type Mark } from './marks';

/** All steps and how each stands; one button leads to the next open one. */
export function StartList() {
  const t = startTexts.value.start;
  const [next] = openSections(firstDay.value ?? { done: [], later: [], waiting: [] });
  const begun = sections.some((section) => markOf(section) !== 'open');
  return (
    <div class="step">
      <PageTitle text={t.title} />
      <p>{t.lead}</p>
      <ol class="plain card places">{sections.map((section) => <StepRow key={section} section={section} />)}</ol>
      {keptWishes()}
      {next && <a class="quiet" href="/">{t.toDiary}</a>}
      <div class="action-bar pinned">
        {next ? <a class="primary" href={`/start/${next}`}>{begun ? t.goOn(t.steps[next]) : t.begin}</a> : <WayOut />}
      </div>
    </div>
  );
}

function WayOut() {
  const t = startTexts.value.start;
  return pendingShare.value ? <a class="primary" href="/me/sharing">{t.toShare}</a> : <a class="primary" href="/">{t.toDiary}</a>;
}

function StepRow({ section }: { section: Section }) {
  const t = startTexts.value.start;
  const mark = markOf(section);
  return (
    <li>
      <a class="place" href={`/start/${section}`}>
        <StepMark mark={mark} />
        <span class="place-text">
          <span class="place-name">{t.steps[section]}</span>
          <span class="hint">{t.states[mark]}</span>
        </span>
        <NextIcon />
      </a>
    </li>
  );
}

/** Done is a check, open a ring, left for later a dotted ring, kept on the phone a phone. */
function StepMark({ mark }: { mark: Mark }) {
  if (mark === 'waiting') return <span class="step-mark"><PhoneIcon /></span>;
  return <span class={`step-mark step-mark-${mark}`}>{mark === 'done' && <CheckIcon />}</span>;
}
