import { me } from '../session';
import { texts } from '../texts';

/** The first day: what to do so that a patient appears. */
export function EmptyRoster() {
  const words = texts.value.roster;
  return (
    <div class="notice">
      <h2>{words.emptyTitle}</h2>
      <p>{words.emptyIntro}</p>
      <ol>{words.emptySteps.map((step) => <li key={step}>{step}</li>)}</ol>
      {me.value?.share_code && <p class="code-large" translate={false}>{me.value.share_code}</p>}
    </div>
  );
}
