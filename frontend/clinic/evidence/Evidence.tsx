import '../styles/evidence.css';
import type { components } from '../../shared/api/schema';
import { formats } from '../formats';
import { evidenceTexts, texts } from '../texts';
import { inFamilies, limitInWords, planInWords, scenarioInWords, worstOf, type Measured } from './measured';

type Found = components['schemas']['Evidence'];
type ColumnName = keyof (typeof evidenceTexts.value)['columns'];
type Column = [ColumnName, (row: Measured) => string];

const percent = (share: number) => formats.value.share(share);

const SAME: readonly Column[] = [
  ['plan', (row) => planInWords(row, evidenceTexts.value)],
  ['rate', ({ rate }) => formats.value.number(rate, 2)],
  ['grade', ({ grade }) => grade],
];
const ERRORS: readonly Column[] = [
  ...SAME,
  ['help', ({ help }) => percent(help)],
  ['worse', ({ worse }) => percent(worse)],
  ['unclear', ({ unclear }) => percent(unclear)],
  ['coverage', ({ coverage }) => percent(coverage)],
];
const POWER: readonly Column[] = [
  ...SAME,
  ['effect', ({ rate_ratio: ratio }) => formats.value.ratio(ratio)],
  ['found', ({ help }) => percent(help)],
  ['median', ({ median_ratio: ratio }) => formats.value.ratio(ratio)],
  ['coverage', ({ coverage }) => percent(coverage)],
  ['used', ({ nights_used: nights }) => formats.value.number(nights)],
];
const BIASED: readonly Column[] = [...ERRORS, ['median', ({ median_ratio: ratio }) => formats.value.ratio(ratio)]];

/** The measured tables, the worst figure first, what a right flag still does not show, and what they leave open. */
export function Evidence({ evidence, family }: { evidence: Found; family: string | null }) {
  const words = evidenceTexts.value;
  const { number } = formats.value;
  const { against, noStudy } = texts.value;
  const alike = evidence.null.filter((row) => row.family === family);
  return (
    <>
      <p class="evidence-worst">{words.worst(percent(worstOf(evidence.null)), evidence.null.length)}</p>
      {alike.length > 0 && <p>{words.alike(familyName(alike[0]!.family), alike.length, percent(worstOf(alike)))}</p>}
      <p>{words.intro(number(evidence.patients), String(evidence.seed))}</p>
      <p>{against} {noStudy}</p>
      <Table title={words.nullTitle} text={words.nullText} rows={evidence.null} family={family} columns={ERRORS} />
      <Table title={words.powerTitle} text={words.powerText} rows={evidence.power} family={family} columns={POWER} />
      <Table title={words.biasedTitle} text={words.biasedText} rows={evidence.biased} family={family} columns={BIASED} />
      <section>
        <h2>{words.limitsTitle}</h2>
        <ul>{evidence.limits.map((limit) => <li key={limit.code}>{limitInWords(limit, words)}</li>)}</ul>
      </section>
    </>
  );
}

interface TableProps {
  title: string;
  text: string;
  rows: readonly Measured[];
  /** Of the patient the reader came from. */
  family: string | null;
  columns: readonly Column[];
}

function familyName(family: string): string {
  return (evidenceTexts.value.families as Record<string, string>)[family] ?? family;
}

function Table({ title, text, rows, family: chosen, columns }: TableProps) {
  const words = evidenceTexts.value;
  return (
    <section>
      <h2>{title}</h2>
      <p>{text}</p>
      <div class="scroll" role="region" aria-label={title} tabIndex={0}>
        <table class="evidence-table">
          <caption class="visually-hidden">{title}</caption>
          <thead>
            <tr>
              <th scope="col">{words.columns.scenario}</th>
              {columns.map(([name]) => <th key={name} scope="col">{words.columns[name]}</th>)}
            </tr>
          </thead>
          {inFamilies(rows, chosen).map(([family, members]) => (
            <tbody key={family} class={family === chosen ? 'alike' : undefined}>
              <tr><th scope="rowgroup" colSpan={columns.length + 1}>{familyName(family)}{family === chosen && ` · ${words.alikeMark}`}</th></tr>
              {members.map((row, index) => (
                <tr key={index}>
                  <th scope="row">{scenarioInWords(row, words)}</th>
                  {columns.map(([name, write]) => <td key={name}>{write(row)}</td>)}
                </tr>
              ))}
            </tbody>
          ))}
        </table>
      </div>
    </section>
  );
}
