import { wasCalledOff } from '../../../shared/answers';
import { formats } from '../../formats';
import type { Trial } from '../../records';
import { patientTexts, texts } from '../../texts';
import { Facts } from '../Facts';
import { localDate } from '../moments';

/** Every trial of the patient, newest first: what was planned, what was drawn, and from what. */
export function Trials({ trials, zone }: { trials: readonly Trial[]; zone: string }) {
  return (
    <>
      <h3>{patientTexts.value.trial.title}</h3>
      {trials.length === 0 && <p>{texts.value.patient.noTrial}</p>}
      {trials.map((trial) => <OneTrial key={trial.id} trial={trial} zone={zone} isOnly={trials.length === 1} />)}
    </>
  );
}

function OneTrial({ trial, zone, isOnly }: { trial: Trial; zone: string; isOnly: boolean }) {
  const { patient } = texts.value;
  const { trial: words } = patientTexts.value;
  const { date } = formats.value;
  const designs: Readonly<Record<string, string>> = patient.designs;
  return (
    <div class="trial">
      <p>
        <strong>{designs[trial.design] ?? trial.design}</strong>
        {!isOnly && <> · {trial.compared ? words.compared : words.notCompared}</>}
      </p>
      <Facts
        facts={[
          [words.dates, patient.between(date(trial.start_date), date(trial.end_date))],
          [words.planned, plannedInWords(trial)],
          [words.wear, patient.exposures[trial.exposure]],
          trial.moved_from === null || trial.moved_at === null ? null : [words.moved, words.movedOn(date(trial.moved_from), date(localDate(trial.moved_at, zone)))],
          trial.design === 'pairs' ? [words.looks, looksInWords(trial)] : null,
          wasCalledOff(trial) ? null : [words.answers, trial.answers_on.map(date).join(' · ')],
          [words.drawn, drawnInWords(trial, zone)],
          trial.n_schedules === null || trial.smallest_p === null ? null : [words.schedules, schedulesInWords(trial.n_schedules, trial.smallest_p)],
          [words.expectation, trial.expectation === null ? words.notAsked : words.ofTen(trial.expectation)],
          trial.stopped_on === null ? null : [words.stopped, words.stoppedOn(date(trial.stopped_on), trial.stop_reason ?? '')],
          trial.blocks.length === 0 ? null : [words.blocks, <Blocks blocks={trial.blocks} inPairs={trial.design === 'pairs'} />],
        ]}
      />
    </div>
  );
}

function plannedInWords({ planned_nights: nights, block_nights: block, blocks }: Trial): string {
  const { patient: words } = texts.value;
  return blocks.length === 0 || block === null ? words.planned(nights) : `${words.planned(nights)}, ${words.blockNights(block)}`;
}

function looksInWords({ looks }: Trial): string {
  const words = patientTexts.value.trial;
  return looks.length === 0 ? words.oneLook : words.looksAfter(looks.map(String));
}

function drawnInWords({ seed, created_at: at }: Trial, zone: string): string {
  const words = patientTexts.value.trial;
  return seed === null ? words.notDrawn : words.drawnOn(formats.value.date(localDate(at, zone)), seed);
}

function schedulesInWords(schedules: number, smallestP: number): string {
  const { number } = formats.value;
  return patientTexts.value.trial.schedulesAndP(number(schedules), number(smallestP, smallestP < 0.001 ? 5 : 3));
}

/** The blocks as marks and words: blue and filled with stockings, an outline without. */
function Blocks({ blocks, inPairs }: { blocks: readonly number[]; inPairs: boolean }) {
  const words = patientTexts.value.trial;
  return (
    <ol class={inPairs ? 'blocks in-pairs' : 'blocks'}>
      {blocks.map((arm, index) => (
        <li key={index}>
          <svg class="mark" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">
            <rect class={arm === 1 ? 'mark-on' : 'mark-off'} x="1" y="2" width="14" height="12" />
          </svg>
          {arm === 1 ? words.on : words.off}
        </li>
      ))}
    </ol>
  );
}
