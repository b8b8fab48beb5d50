// @vitest-environment happy-dom
import { render } from 'preact';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { aRow } from '../../../test/clinic';
import { aResult, grades, settledStates } from '../../../test/results';
import { aTrial } from '../../../test/trials';
import type { PatientRow, Result } from '../../records';
import { createFormats } from '../../formats';
import { Legend } from '../../roster/Legend';
import { RosterRow } from '../../roster/RosterRow';
import { chooseTexts, loadPatientTexts, loadTexts, texts } from '../../texts';
import { EstimatesTable } from './EstimatesTable';
import type { PatientFile } from '../file';
import { Verdict } from './Verdict';

beforeAll(() => Promise.all([loadTexts(), loadPatientTexts()]));
beforeEach(() => chooseTexts('en'));

const trial = aTrial();

function drawn(part: preact.JSX.Element): HTMLElement {
  const place = document.createElement('div');
  render(part, place);
  return place;
}

const textOf = (element: Element) => element.textContent.replace(/\s+/g, ' ');

function verdictOf(result: Result): string {
  const file = { patient: { id: 'p' }, result } as unknown as PatientFile;
  return textOf(drawn(<Verdict file={file} trial={trial} hasNights={false} />));
}

const tableOf = (result: Result) => drawn(<EstimatesTable result={result} trial={trial} />);
const columnsOf = (table: HTMLElement) => [...table.querySelectorAll('thead th')].map((cell) => cell.textContent);

function rowOf(given: Partial<PatientRow>): HTMLElement {
  const row = aRow('Ann', { rate_ratio: 0.5, ci_low: 0.3, ci_high: 0.8, ...given });
  return drawn(<table><tbody><RosterRow patient={row} texts={texts.value} formats={createFormats('en')} showsQ={false} /></tbody></table>);
}

describe('the headline', () => {
  test('of a diary without a plan says that it is no trial, on the list and on the page', () => {
    for (const [state, more] of [['help', 'fewer'], ['worse', 'more']] as const) {
      const unplanned = verdictOf(aResult(state, { grade: 'C', method: 'model_adjusted' }));
      expect(unplanned).toContain(`Own diary, no trial: ${more} cramps`);
      expect(textOf(rowOf({ state, grade: 'C' }))).toContain(`Own diary, no trial: ${more} cramps`);
      expect(unplanned).not.toContain('seem to help');
    }
    for (const grade of ['A', 'B'] as const) expect(textOf(rowOf({ state: 'help', grade }))).toContain('Stockings seem to help');
  });

  test('calls nights much alike only where the whole interval is close to "same"', () => {
    const told = (ci_low: number, ci_high: number) => textOf(rowOf({ state: 'no_clear_difference', grade: 'A', rate_ratio: 1, ci_low, ci_high }));
    expect(told(0.4, 1.2)).toContain('Not clear');
    expect(told(0.85, 1.2)).toContain('Nights much alike');
  });

  test('has a mark of its own for every story', () => {
    const marks = settledStates.flatMap((state) => grades.map((grade) => rowOf({ state, grade })));
    marks.push(rowOf({ state: 'no_clear_difference', ci_low: 0.9, ci_high: 1.1 }));
    const shapes = new Set(marks.map((row) => `${row.querySelector('.state path')?.getAttribute('d')} ${row.querySelector('.state svg')?.getAttribute('class')}`));
    const names = new Set(marks.map((row) => row.querySelector('.state')?.textContent));
    expect(shapes.size).toBe(names.size);
    expect(names.size).toBe(8);
  });
});

describe.each(['en', 'es'] as const)('what speaks against the veins, in %s', (language) => {
  beforeEach(() => chooseTexts(language));

  test('stands beside every sign of help and nowhere else, with its sources', () => {
    for (const state of settledStates) {
      for (const grade of grades) {
        const told = verdictOf(aResult(state, { grade }));
        expect(told.includes(texts.value.against)).toBe(state === 'help' || state === 'fewer_unclear');
        expect(told.split(texts.value.noStudy)).toHaveLength(2);
      }
    }
    for (const source of ['Edinburgh Vein Study', 'BMJ 1999;318:353', '71', 'Rev Assoc Med Bras', 'NCT04694417']) {
      expect(`${texts.value.against} ${texts.value.noStudy}`).toContain(source);
    }
  });

  test('stands once on the list, in its legend', () => {
    expect(textOf(drawn(<Legend />))).toContain(`${texts.value.against} ${texts.value.noStudy}`);
    expect(textOf(drawn(<Legend />))).toContain(texts.value.roster.beyond);
  });

  test('ranges are told in one form', () => {
    const form = language === 'en' ? /between .* and / : /entre .* y /;
    const { roster, patient } = texts.value;
    for (const range of [roster.interval('1', '2'), patient.intervalOf('1', '2'), patient.inWords('x', '1', '2')]) expect(range).toMatch(form);
    expect(textOf(tableOf(aResult('help')))).toMatch(form);
  });
});

describe('as assigned and as worn', () => {
  const result = aResult('help');
  const { nights_on, nights_off, cramps_on, cramps_off, rate_on, rate_off, rate_ratio, ci_low, ci_high } = result;
  const arms = { nights_on, nights_off, cramps_on, cramps_off, rate_on, rate_off, rate_ratio, ci_low, ci_high };

  test('are one column where they are one estimate', () => {
    const table = tableOf({ ...result, as_worn: arms });
    expect(columnsOf(table)).toEqual(['As assigned and as worn']);
    expect(textOf(table)).toContain('Stockings were worn as assigned on every compared night, so that both are one estimate.');
  });

  test('are two that say why they differ where they do', () => {
    const table = tableOf({ ...result, as_worn: { ...arms, nights_on: 23 } });
    expect(columnsOf(table)).toEqual(['As assigned', 'As worn']);
    expect(textOf(table)).toContain('wear was not as assigned on 2 nights;');
  });

  test('tell of nights that are left out because wear is not known', () => {
    expect(textOf(tableOf({ ...result, as_worn: { ...arms, nights_on: 23 } }))).toContain('As worn leaves out 3 nights of unknown wear.');
    expect(textOf(tableOf({ ...result, as_worn: { ...arms, rate_ratio: 0.44 } }))).not.toContain('unknown wear');
  });

  test('keep their names while the trial runs', () => {
    const table = tableOf(aResult('running'));
    expect(columnsOf(table)).toEqual(['As assigned']);
    expect(textOf(table)).not.toContain('one estimate');
  });
});

test('an interval that leaves the bar of the list says so', () => {
  expect(rowOf({ state: 'help', grade: 'A', ci_low: 0.05 }).querySelector('.interval-bar title')?.textContent).toBe(texts.value.roster.beyond);
  expect(rowOf({ state: 'help', grade: 'A' }).querySelector('.interval-bar title')).toBeNull();
});
