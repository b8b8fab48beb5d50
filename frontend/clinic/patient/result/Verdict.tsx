import { useMemo } from 'preact/hooks';
import { isFavorable, storyOfResult } from '../../../shared/story';
import { formats } from '../../formats';
import type { Result, Trial } from '../../records';
import { familyOf } from '../../evidence/family';
import { evidencePath } from '../../routes';
import { StateMark } from '../../StateMark';
import { texts } from '../../texts';
import { changeInWords, methodInWords, needsInWords, warningInWords } from '../../words';
import { Chart } from '../charts/Chart';
import { EstimatesTable } from './EstimatesTable';
import { patientFigure } from '../charts/figures';
import type { PatientFile } from '../file';
import { SecondaryTable } from './SecondaryTable';

/** What the diary shows, in words and in figures, how far to trust it, and what it does not mean. */
export function Verdict({ file, trial, hasNights }: { file: PatientFile; trial: Trial | undefined; hasNights: boolean }) {
  const { patient: words, charts, against, noStudy } = texts.value;
  const { result } = file;
  const favorable = isFavorable(result);
  const read = useMemo(() => patientFigure(file.patient.id, 'comparison'), [file.patient.id]);
  return (
    <section class="panel verdict" id="verdict" aria-labelledby="verdict-title">
      <div class="verdict-words">
        <h2 id="verdict-title">{words.result}</h2>
        <p class="verdict-state"><StateMark result={result} /></p>
        <Grade result={result} />
        <RatioInWords result={result} />
        <p>{hasNights ? words.meaning[storyOfResult(result)] : words.noNights}</p>
        {favorable && <p class="against">{against} {noStudy}</p>}
        <p><a href={evidencePath(familyOf(result, trial))}>{texts.value.howOftenWrong}</a></p>
        <Notes title={words.needs} notes={needsInWords(result, trial, texts.value, formats.value)} />
        <Notes title={words.warnings} notes={result.warnings.map((note) => warningInWords(note, texts.value, formats.value))} />
      </div>
      <div class="verdict-figures">
        <h3>{charts.comparison}</h3>
        {hasNights && <Chart chart="comparison" read={read} />}
        <EstimatesTable result={result} trial={trial} />
        <SecondaryTable result={result} />
      </div>
      <div class="limits small">
        <Notes title={words.limits} notes={favorable ? words.limit : [...words.limit, noStudy]} />
      </div>
    </section>
  );
}

function Grade({ result }: { result: Result }) {
  if (result.grade === null) return null;
  const { grade, grades, patient: words } = texts.value;
  const method = methodInWords(result, texts.value, formats.value);
  return (
    <>
      <p class="grade"><strong>{grade(result.grade)}</strong>: {grades[result.grade]}</p>
      {method && <p class="grade"><strong>{words.method}</strong>: {method}</p>}
    </>
  );
}

function RatioInWords({ result }: { result: Result }) {
  const { patient: words } = texts.value;
  const { ratio, rate } = formats.value;
  const { rate_ratio: point, ci_low: low, ci_high: high, saved_per_week: saved } = result;
  if (point === null || low === null || high === null) return null;
  const inWords = (value: number) => changeInWords(value, texts.value, formats.value);
  return (
    <>
      <p class="ratio-large">
        <span>{words.ratio}</span> <strong>{ratio(point)}</strong> <span>{words.intervalOf(ratio(low), ratio(high))}</span>
      </p>
      <p>
        {words.inWords(inWords(point), inWords(low), inWords(high))}{' '}
        {saved !== null && (saved >= 0 ? words.saved(rate(saved)) : words.added(rate(-saved)))}
      </p>
    </>
  );
}

function Notes({ title, notes }: { title: string; notes: string[] }) {
  if (notes.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <ul>{notes.map((note) => <li key={note}>{note}</li>)}</ul>
    </>
  );
}
