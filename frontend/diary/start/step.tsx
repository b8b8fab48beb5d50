import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { PreviousIcon } from '../components/icons';
import { PageTitle } from '../components/page-title';
import { firstDay, sections, type Section } from '../first-day';
import { navigate } from '../router';
import { problemText } from '../phone/problem';
import { safety } from '../safety';
import { session } from '../session/signals';
import { startTexts } from '../texts';
import { markOf, markStep, nextOpen } from './marks';

interface StepProps {
  section: Section;
  title: string;
  lead?: string | undefined;
  /** Which part of how many, where a step has several. */
  part?: { n: number; of: number } | undefined;
  children?: ComponentChildren;
  /** What must stay on the screen whatever is read, beside the action; it is the more important of the two. */
  beside?: ComponentChildren;
  /** The one action at the bottom; while it works the button waits. */
  primary: string;
  onPrimary: () => void | Promise<void>;
  /** A message about why it cannot go on. */
  problem?: string | null;
  /** A finished step has nothing left to skip. */
  skippable?: boolean;
}

/** The frame of every step: the way back, what it asks, one action at the bottom, and the way to leave it for later. */
export function Step({ section, title, lead, part, children, beside, primary, onPrimary, problem, skippable = true }: StepProps) {
  const t = startTexts.value.start;
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const act = async () => {
    setBusy(true);
    setFault(null);
    try {
      await onPrimary();
    } catch (error) {
      // Answers are kept on the phone first, so that is what failed.
      console.warn(error);
      setFault(problemText(error));
    } finally {
      setBusy(false);
    }
  };
  const progress = t.progress(sections.indexOf(section) + 1, sections.length);
  return (
    <>
      <div class="step-head">
        <a class="back" href="/start"><PreviousIcon />{t.allSteps}</a>
        {skippable && <button type="button" class="link" onClick={() => void leaveForLater(section)}>{t.skip}</button>}
      </div>
      <p class="hint step-progress">{part ? `${progress}, ${t.part(part.n, part.of)}` : progress}</p>
      <PageTitle text={title} />
      {lead && <p>{lead}</p>}
      <form class="step" noValidate onSubmit={(event) => { event.preventDefault(); void act(); }}>
        {children}
        <div class="action-bar pinned">
          <p class="field-error" role="alert">{fault ?? problem}</p>
          {beside}
          <button type="submit" class={beside ? 'secondary' : 'primary'} disabled={busy}>{busy ? t.saving : primary}</button>
        </div>
      </form>
    </>
  );
}

/** Goes on to the next open step, or to the list when there is none. */
export function goOn(section: Section): void {
  // Who has asked goes on with the plan that waited for it.
  if (section === 'safety' && firstDay.value?.waits === 'asking' && safety.value === 'free') return navigate('/start/trial');
  const next = firstDay.value && nextOpen(firstDay.value, section);
  navigate(next ? `/start/${next}` : '/start');
}

/** Goes on, and leaves a step that has open questions for later. */
export async function leaveForLater(section: Section): Promise<void> {
  const store = session.value?.store;
  // What is answered in part and waits to be sent must not be forgotten for it, nor what wishes wait for.
  if (store && !['done', 'waiting', 'later'].includes(markOf(section))) await markStep(store, section, 'later');
  goOn(section);
}

/** Where nothing can be shown yet. */
export function StepLoading() {
  return <div class="step" aria-busy="true" />;
}
