import { formats } from '../formats';
import type { Trial } from '../records';
import { texts } from '../texts';

/** Every trial of the patient, newest first; the comparison belongs to the newest. */
export function Trials({ trials }: { trials: readonly Trial[] }) {
  const { patient: words } = texts.value;
  return (
    <section class="trials" aria-labelledby="trials">
      <h2 id="trials">{words.trials}</h2>
      {trials.length === 0 ? <p>{words.noTrial}</p> : <ul>{trials.map((trial) => <li key={trial.id}><TrialLine trial={trial} /></li>)}</ul>}
    </section>
  );
}

function TrialLine({ trial }: { trial: Trial }) {
  const { patient: words } = texts.value;
  const { date } = formats.value;
  const designs: Readonly<Record<string, string>> = words.designs;
  const parts = [
    words.exposures[trial.exposure],
    words.planned(trial.planned_nights),
    trial.block_nights === null ? null : words.blockNights(trial.block_nights),
    words.between(date(trial.start_date), date(trial.end_date)),
    trial.stopped_at === null ? null : words.stopped(date(trial.stopped_at.slice(0, 10))),
  ];
  return <><strong>{designs[trial.design] ?? trial.design}</strong>: {parts.filter((part) => part !== null).join(', ')}.</>;
}
