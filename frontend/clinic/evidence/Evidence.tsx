import '../styles/evidence.css';
import type { components } from '../../shared/api/schema';
import { formats } from '../formats';
import { evidenceTexts } from '../texts';
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

/** The measured tables, the worst figure first, and what they leave open. */
export function Evidence({ evidence }: { evidence: Found }) {
  const words = evidenceTexts.value;
  const { number } = formats.value;
  return (
    <>
      <p class="evidence-worst">{words.worst(percent(worstOf(evidence.null)), evidence.null.length)}</p>
      <p>{words.intro(number(evidence.patients), String(evidence.seed))}</p>
      <Table title={words.nullTitle} text={words.nullText} rows={evidence.null} columns={ERRORS} />
      <Table title={words.powerTitle} text={words.powerText} rows={evidence.power} columns={POWER} />
      <Table title={words.biasedTitle} text={words.biasedText} rows={evidence.biased} columns={BIASED} />
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
  columns: readonly Column[];
}

function Table({ title, text, rows, columns }: TableProps) {
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
          {inFamilies(rows).map(([family, members]) => (
            <tbody key={family}>
              <tr><th scope="rowgroup" colSpan={columns.length + 1}>{(words.families as Record<string, string>)[family] ?? family}</th></tr>
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
