import { expect, test } from 'vitest';
import { layoutFor } from './drawing';

const figure = { data: [], layout: { width: 700, height: 320, xaxis: { range: ['2026-09-01', '2026-11-05'], title: 'Night' } } };

test('a figure takes its width from the page and keeps its height', () => {
  expect(layoutFor(figure, undefined)).toEqual({ height: 320, xaxis: figure.layout.xaxis, autosize: true });
});

test('a stretch shows so many whole nights up to the last one', () => {
  expect(layoutFor(figure, { last: '2026-11-04', nights: 28 })).toMatchObject({
    xaxis: { range: ['2026-10-07 12:00', '2026-11-04 12:00'], autorange: false, title: 'Night' },
  });
});

test('the figure itself stays as it came, for the next stretch', () => {
  layoutFor(figure, { last: '2026-11-04', nights: 28 });
  expect(figure.layout.xaxis.range).toEqual(['2026-09-01', '2026-11-05']);
});
