import { expect, test } from 'vitest';
import { circlesIn, importsOf, trespassesIn, type Sources } from './imports';

const texts = import.meta.glob<string>(['../{diary,clinic,shared,test}/**/*.{ts,tsx}', '!../**/*.test.*'], { query: '?raw', import: 'default', eager: true });
const sources: Sources = Object.fromEntries(Object.entries(texts).map(([path, text]) => [path.replace(/^\.\//, 'test/').replace(/^\.\.\//, ''), text]));
const imports = importsOf(sources);

/** Which rooms a room may import. */
const allowed = { diary: ['shared'], clinic: ['shared'], shared: [], test: ['diary', 'clinic', 'shared'] };

test('no modules import each other in a circle', () => {
  expect(circlesIn(imports)).toEqual([]);
});

test('both apps build on what they share, and on nothing of each other or of the tests', () => {
  expect(trespassesIn(imports, allowed)).toEqual([]);
});

test('every module is looked at, and the ways between them are found', () => {
  expect(Object.keys(sources).length).toBeGreaterThan(300);
  expect(imports.get('diary/app.tsx')).toContain('diary/router.ts');
  expect(imports.get('diary/app.tsx')).toContain('diary/components/icons.tsx');
});

test.each([
  ['a plain import', "import { b } from './b';"],
  ['an import of types', "import type { B } from './b';"],
  ['a type named where it is used', "type B = import('./b').B;"],
  ['an import when it is needed', "const b = () => import('./b');"],
  ['an export of what another module has', "export { b } from './b';"],
  ['an import of what the module does', "import './b';"],
])('a circle is found that is closed by %s', (_kind, text) => {
  const made = { 'diary/a.ts': text, 'diary/b.ts': "import { c } from '../shared/c';", 'shared/c.ts': "import { a } from '../diary/a';" };
  expect(circlesIn(importsOf(made))).toEqual([['diary/a.ts', 'diary/b.ts', 'shared/c.ts', 'diary/a.ts']]);
});

test('two ways to one module are no circle, and a module may form one with itself', () => {
  const made = { 'a.ts': "import './b';\nimport './c';", 'b.ts': "import './d';", 'c.ts': "import './d';", 'd.ts': '' };
  expect(circlesIn(importsOf(made))).toEqual([]);
  expect(circlesIn(importsOf({ ...made, 'd.ts': "import './d';" }))).toEqual([['d.ts', 'd.ts']]);
});

test('an import against the order of the rooms is found', () => {
  const made = { 'shared/a.ts': "import type { B } from '../diary/b';", 'diary/b.ts': "import '../clinic/c';", 'clinic/c.ts': "import '../shared/d';", 'shared/d.ts': '' };
  expect(trespassesIn(importsOf(made), allowed)).toEqual(['shared/a.ts: diary/b.ts', 'diary/b.ts: clinic/c.ts']);
});
