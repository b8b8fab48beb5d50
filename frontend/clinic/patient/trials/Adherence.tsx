import { formats } from '../../formats';
import type { Result, Trial } from '../../records';
import { patientTexts } from '../../texts';

/** Whether stockings were worn, or left off, as assigned: the counts behind the share. */
export function Adherence({ result, trial }: { result: Result; trial: Trial | undefined }) {
  const words = patientTexts.value.adherence;
  return (
    <>
      <h3>{words.title}</h3>
      {result.wear ? <Counts wear={result.wear} /> : <p class="quiet">{whyNone(result, trial)}</p>}
    </>
  );
}

function whyNone({ state }: Result, trial: Trial | undefined): string {
  const { hidden, noPlan, none } = patientTexts.value.adherence;
  if (!trial || trial.blocks.length === 0) return noPlan;
  return state === 'running' ? hidden : none;
}

function Counts({ wear }: { wear: NonNullable<Result['wear']> }) {
  const words = patientTexts.value.adherence;
  const { number, percent } = formats.value;
  return (
    <div class="scroll" role="region" aria-label={words.title} tabIndex={0}>
      <table class="fitted">
        <caption>{words.caption}</caption>
        <thead>
          <tr>{[words.arm, words.nights, words.kept, words.share].map((name) => <th key={name} scope="col">{name}</th>)}</tr>
        </thead>
        <tbody>
          {(['on', 'off'] as const).map((arm) => {
            const [nights, kept] = [wear[`${arm}_nights`], wear[`${arm}_kept`]];
            return (
              <tr key={arm}>
                <th scope="row">{words[arm]}</th>
                <td>{number(nights)}</td>
                <td>{number(kept)}</td>
                <td>{nights === 0 ? '–' : percent(kept / nights)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
