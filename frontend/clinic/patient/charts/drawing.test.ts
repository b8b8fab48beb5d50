import { expect, test } from 'vitest';
import { layoutFor } from './drawing';

const figure = { data: [], layout: { width: 700, height: 320, xaxis: { range: ['2026-09-01', '2026-11-05'], title: 'Night' } } };

test('a figure takes its width from the page and keeps its height', () => {
  expect(layoutFor(figure, 800, undefined)).toEqual({ height: 320, xaxis: figure.layout.xaxis, autosize: true, uirevision: 'all' });
});

test('a stretch shows so many whole nights up to the last one', () => {
  expect(layoutFor(figure, 800, { last: '2026-11-04', nights: 28 })).toMatchObject({
    xaxis: { range: ['2026-10-07 12:00', '2026-11-04 12:00'], autorange: false, title: 'Night' },
  });
});

test('another stretch is another view, a redraw of the same is not', () => {
  const revision = (nights: number) => layoutFor(figure, 800, { last: '2026-11-04', nights }).uirevision;
  expect(revision(28)).toBe(revision(28));
  expect(revision(28)).not.toBe(revision(56));
});

test('the figure itself stays as it came, for the next stretch', () => {
  layoutFor(figure, 800, { last: '2026-11-04', nights: 28 });
  expect(figure.layout.xaxis.range).toEqual(['2026-09-01', '2026-11-05']);
});

test('ticks in words thin out on a narrow page and "same" stays', () => {
  const tickvals = [0.125, 0.25, 0.5, 1, 2, 4, 8];
  const ratio = { data: [], layout: { xaxis: { type: 'log', tickvals, ticktext: tickvals.map(String) } } };
  expect(layoutFor(ratio, 800, undefined).xaxis).toMatchObject({ tickvals });
  expect(layoutFor(ratio, 320, undefined).xaxis).toMatchObject({ tickvals: [0.25, 1, 4], ticktext: ['0.25', '1', '4'] });
});

test('dates thin out on a narrow page', () => {
  const timeline = { data: [], layout: { xaxis: { type: 'date' } } };
  expect([324, 1182].map((width) => layoutFor(timeline, width, undefined).xaxis)).toEqual([
    { type: 'date', nticks: 2 },
    { type: 'date', nticks: 8 },
  ]);
});
