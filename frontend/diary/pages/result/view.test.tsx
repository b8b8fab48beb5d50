// @vitest-environment happy-dom
import { render } from 'preact';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Result } from '../../../shared/api/types';
import { tooHard } from '../../../test/reading';
import { aNeed, aResult, aWarning, grades, methods, needs, settledStates, states, warnings } from '../../../test/results';
import { aTrial } from '../../../test/trials';
import { chooseTexts, loadResultTexts, loadTexts } from '../../texts';
import type { Reading } from './reading';
import { ResultView } from './view';

function pageOf(result: Result, given: Partial<Reading> = {}): HTMLElement {
  const place = document.createElement('main');
  render(<ResultView result={result} against={null} trial={null} recorded={51} {...given} />, place);
  const page = place.cloneNode(true) as HTMLElement;
  render(null, place);
  return page;
}

const endedTrial = { ...aTrial(), start_date: '2026-08-03', end_date: '2026-09-25' };

/** What is read as sentences; figures in tables are not. */
const prose = (page: HTMLElement) => [...page.querySelectorAll('h2, h3, p, li')].map((block) => block.textContent.trim());

const textOf = (page: HTMLElement) => page.textContent.replace(/\s+/g, ' ');

/** Every page that a grade and a way of comparing can bring about, with all warnings on one of them. */
const settled = settledStates.flatMap((state) =>
  grades.flatMap((grade) => methods.map((method) => aResult(state, { grade, method }))).concat(
    aResult(state, { warnings: (Object.keys(warnings) as (keyof typeof warnings)[]).map(aWarning) }),
  ),
);
const unsettled = needs.map((code) => aResult(code.endsWith('look') || code === 'planned_end' ? 'running' : 'insufficient', { needs: [aNeed(code)] }));
/** Results whose words depend on figures: much alike, ends beyond the picture, nights of unknown wear, one estimate. */
const arms = ({ nights_on, nights_off, cramps_on, cramps_off, rate_on, rate_off, rate_ratio, ci_low, ci_high }: Result) =>
  ({ nights_on, nights_off, cramps_on, cramps_off, rate_on, rate_off, rate_ratio, ci_low, ci_high });
const oneEstimate = aResult('help', { as_worn: arms(aResult('help')), wear: { on_nights: 26, on_kept: 26, off_nights: 25, off_kept: 25 } });
const unknownWear = aResult('help', { as_worn: { ...arms(aResult('help')), nights_on: 22, rate_ratio: 0.45 } });
const alike = aResult('no_clear_difference', { rate_ratio: 1.02, ci_low: 0.84, ci_high: 1.22 });
const beyond = aResult('no_clear_difference', { ci_low: 0.01, ci_high: 5.46 });
const figured = [oneEstimate, unknownWear, alike, beyond];
const all = [...settled, ...figured, ...unsettled];

beforeAll(async () => {
  await loadTexts();
  await loadResultTexts();
});

describe.each(['en', 'es'] as const)('in %s', (language) => {
  let pages: HTMLElement[];
  beforeAll(async () => {
    await chooseTexts(language);
    pages = all.map((result) => pageOf(result));
  });

  test('every page of a result reads at grade 6 or below', () => {
    const forbidden = settledStates.flatMap((state) => (['night', 'screen', 'ask'] as const).map((against) => pageOf(aResult(state), { against })));
    const over = needs.slice(3).map((code) => pageOf(aResult('insufficient', { needs: [aNeed(code)] }), { trial: endedTrial }));
    over.push(pageOf(aResult('running', { needs: [aNeed('planned_end')] }), { trial: { ...endedTrial, stopped_at: '2026-08-20T10:00:00Z' } }));
    expect([...pages, ...forbidden, ...over].flatMap((page) => tooHard(prose(page), language))).toEqual([]);
  });

  test('every verdict says that it is no diagnosis and that only an examination can tell', () => {
    for (const text of pages.slice(0, settled.length + figured.length).map(textOf)) {
      expect(text).toMatch(/not a diagnosis|[Nn]o es un diagnóstico/);
      expect(text).toMatch(/Only an examination by a vein specialist can tell|Solo un especialista en venas puede saberlo/);
    }
  });

  test('no page says that a person has, or has not, a disease of the veins', () => {
    const told = pages.map((page) => textOf(page).replace(/It does not show [^.]+\.|No muestra [^.]+\./g, ''));
    for (const text of told) expect(text).not.toMatch(/vein disease|venous|your veins are|enfermedad|sus venas están/i);
  });

  test('what speaks against stockings no result allows', () => {
    for (const state of settledStates) {
      const page = textOf(pageOf(aResult(state), { against: 'screen' }));
      expect(page).toMatch(/no stockings for now|no debe llevar medias/);
      expect(page).not.toMatch(/Before you wear stockings for longer|Antes de llevar medias más tiempo|before you go on with stockings/);
    }
  });

  test('nothing of a running trial is shown but how far it has come', () => {
    const page = pageOf(aResult('running', { needs: [aNeed('planned_end')] }));
    expect(page.querySelector('svg[role=img]')).toBeNull();
    expect(page.querySelector('progress')?.value).toBe(12);
    expect(textOf(page)).toMatch(/12 (of|de) 54/);
    expect([...page.querySelectorAll('td')].map((cell) => cell.textContent)).toEqual(['26', '25']);
  });

  test('every state has words, and none is left in code', () => {
    for (const text of pages.map(textOf)) expect(text).not.toMatch(/undefined|null|NaN|in English|_/);
    expect(new Set(states.map((state) => pageOf(aResult(state)).querySelector('h2')?.textContent)).size).toBe(states.length);
  });
});

describe('in English', () => {
  beforeAll(() => chooseTexts('en'));

  test('a flag of a diary without a plan says at once that it is no trial', () => {
    const page = pageOf(aResult('help', { wear: null, grade: 'C', method: 'model_adjusted' }));
    expect(page.querySelector('.verdict h2')?.textContent).toBe('Your own diary: fewer cramps with stockings');
    expect(page.querySelector('.verdict p')?.textContent).toMatch(/^This was no trial: you chose the nights yourself, chance did not\./);
    expect(textOf(page)).not.toContain('seem to help');
    const worse = pageOf(aResult('worse', { wear: null, grade: 'C', method: 'model_adjusted' }));
    expect(worse.querySelector('.verdict h2')?.textContent).toBe('Your own diary: more cramps with stockings');
    for (const grade of ['A', 'B'] as const) expect(textOf(pageOf(aResult('help', { grade })))).toContain('Stockings seem to help you');
  });

  test('nights are much alike only where the whole range is close to "same"', () => {
    const [unclear, close] = [textOf(pageOf(aResult('no_clear_difference', { ci_low: 0.4, ci_high: 1.2 }))), textOf(pageOf(alike))];
    expect(unclear).toContain('Not clear if stockings make a difference');
    expect(unclear).toContain('The difference may be large, small or none.');
    expect(unclear).not.toMatch(/alike/);
    expect(close).toContain('Nights with and without stockings were much alike');
    for (const text of [unclear, close]) expect(text).toContain('This does not show that stockings do nothing.');
  });

  test('beside every sign of help stands what speaks against the veins, and that no study is finished once on each page', () => {
    for (const state of settledStates) {
      for (const grade of grades) {
        const text = textOf(pageOf(aResult(state, { grade })));
        expect(text.includes('Most leg troubles have another cause, even where veins are ill.')).toBe(state === 'help' || state === 'fewer_unclear');
        expect(text.match(/No finished study of stockings for night cramps was found\./g)).toHaveLength(1);
      }
    }
  });

  test('a range that leaves the picture is told beside it', () => {
    const text = textOf(pageOf(beyond));
    expect(text).toContain('The arrow shows that the range goes on past the picture: down to fewer than 1 for every 10 without.');
    expect(text).toContain('The arrow shows that the range goes on past the picture: up to 55 for every 10 without.');
    expect(pageOf(beyond).querySelectorAll('.goes-on')).toHaveLength(2);
    expect(textOf(pageOf(aResult('worse', { ci_low: 1.4, ci_high: 4 })))).not.toContain('arrow');
  });

  test('ranges are told in one form', () => {
    for (const page of [...settled, ...figured].map((result) => pageOf(result))) {
      const text = textOf(page);
      expect(text).toMatch(/anywhere between \d+ and \d+\./);
      expect(text).not.toMatch(/anywhere from|\d to \d/);
    }
  });

  test('what was worn as planned on every night is one estimate, shown once', () => {
    const page = pageOf(oneEstimate);
    expect(textOf(page)).toContain('You wore what was planned on each of these nights.');
    expect([...page.querySelectorAll('table')].at(-1)!.querySelector('thead')).toBeNull();
  });

  test('where the plan was not kept a sentence says why there are two estimates', () => {
    expect(textOf(pageOf(aResult('help')))).toContain('As planned and as worn do not count the same nights. On 2 nights you did not keep to the plan.');
    expect(textOf(pageOf(unknownWear))).toContain('4 nights are left out of “as worn”: we do not know what you wore.');
  });

  test('adherence is told in nights', () => {
    expect(textOf(pageOf(aResult('help')))).toContain('You wore stockings on 25 of 27 stocking nights. You left them off on 26 of 26 other nights.');
  });

  test('as planned and as worn stand side by side', () => {
    const page = pageOf(aResult('help'));
    const table = [...page.querySelectorAll('table')].at(-1)!;
    expect([...table.querySelectorAll('thead th')].map((cell) => cell.textContent)).toEqual(['As planned', 'As worn']);
    expect([...table.querySelectorAll('tbody tr')].map((row) => [...row.children].map((cell) => cell.textContent)).slice(0, 2)).toEqual([['With stockings'], ['Nights', '26', '25']]);
  });

  test('a diary without a plan is told as it was worn only', () => {
    const page = pageOf(aResult('help', { wear: null, grade: 'C', method: 'model_adjusted' }));
    expect(textOf(page)).not.toContain('As planned');
    expect(textOf(page)).not.toMatch(/as worn|As planned/);
  });

  test('an interval that reaches "same" says so beside a verdict, and only there', () => {
    const touching = { ci_low: 0.3, ci_high: 1.05 };
    expect(textOf(pageOf(aResult('help', touching)))).toContain('The range reaches “same”.');
    expect(textOf(pageOf(aResult('no_clear_difference', touching)))).not.toContain('The range reaches');
  });

  test('that a trial ended early stands beside its verdict and once only', () => {
    const page = pageOf(aResult('help', { warnings: [aWarning('finished_early')] }));
    expect(page.querySelector('.verdict')?.textContent).toContain('ended early, after 36 nights');
    expect(textOf(page).match(/ended early/g)).toHaveLength(1);
  });

  test('a stopped trial still opens at its planned end', () => {
    const trial = { ...aTrial(), stopped_at: '2026-08-20T10:00:00Z', stop_reason: 'too warm' };
    const page = textOf(pageOf(aResult('running', { needs: [aNeed('planned_end')] }), { trial }));
    expect(page).toContain('You stopped this trial on August 20, 2026. Its result still opens on the planned day.');
    expect(page).not.toMatch(/still running|Just go on|makes the answer weaker/);
  });

  test('a trial that ended with too little asks for no more of its nights', () => {
    const short = aResult('insufficient', { needs: [aNeed('nights_on', 3, 4)] });
    const [open, ended, blocked] = [pageOf(short), pageOf(short, { trial: endedTrial }), pageOf(short, { trial: endedTrial, against: 'screen' })];
    expect(textOf(open)).toContain('There is not enough to compare yet');
    expect(textOf(ended)).toContain('There was not enough to compare');
    expect(textOf(ended)).not.toMatch(/yet|Go on writing/);
    const action = (page: HTMLElement) => page.querySelector('.action-bar a')?.getAttribute('href');
    expect([open, ended, blocked].map(action)).toEqual(['/', '/start/trial', '/']);
  });

  test('the table beside the picture holds the same numbers', () => {
    const cells = [...pageOf(aResult('help')).querySelectorAll('.as-table td')].map((cell) => cell.textContent);
    expect(cells.slice(1)).toEqual(['80% fewer', '60% fewer', '30% fewer']);
  });
});
