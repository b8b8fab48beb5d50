import { expect, test } from 'vitest';
import { withNames } from './names';

const patients = [{ id: 'a', display_name: 'Ana <b>Ruiz</b> & Co' }, { id: 'b', display_name: 'Maximiliana Featherstonehaugh' }];
const figure = {
  data: [{ mode: 'lines', x: [0.5, 1] }, { ids: ['a', 'b', 'c'], text: ['a', 'b', 'c'], x: [0.5, 0.7, 1] }],
  layout: { height: 300, yaxis: { tickvals: [0, -1], ticktext: ['a', 'b'] } },
};

test('rows and hover texts carry names, and what looks like markup stays text', () => {
  const named = withNames(figure, patients);
  expect(named.data[1]).toMatchObject({ ids: ['a', 'b', 'c'], text: ['Ana &lt;b&gt;Ruiz&lt;/b&gt; &amp; Co', 'Maximiliana Featherstonehaugh', 'c'] });
  expect(named.layout).toEqual({ height: 300, yaxis: { tickvals: [0, -1], ticktext: ['Ana &lt;b&gt;Ruiz&lt;/b&gt; &amp; Co', 'Maximiliana Feather…'] } });
});

test('a figure that only says something stays as it is', () => {
  const words = { data: [], layout: { annotations: [] } };
  expect(withNames(words, patients)).toEqual(words);
});
