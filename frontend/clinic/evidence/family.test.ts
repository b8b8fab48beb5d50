import measured from '../../../analysis/evidence.json?raw';
import { expect, test } from 'vitest';
import { familyOf } from './family';

const families = new Set((JSON.parse(measured) as { null: { family: string }[] }).null.map(({ family }) => family));

test.each([
  ['A', { design: 'pairs', looks: [] }, 'randomized'],
  ['A', { design: 'blocks', looks: [] }, 'randomized'],
  ['A', { design: 'pairs', looks: [6, 9, 12] }, 'staged'],
  [null, { design: 'pairs', looks: [6, 9, 12] }, 'staged'],
  ['B', { design: 'pairs', looks: [] }, 'few_blocks'],
  ['D', { design: 'before_after', looks: [] }, 'before_after'],
  ['C', undefined, 'milestones'],
  ['D', undefined, 'before_after'],
  ['C', { design: 'observational', looks: [] }, 'unplanned'],
] as const)('grade %s and %o lead to a family that was measured', (grade, trial, family) => {
  expect(familyOf({ grade }, trial && { ...trial, looks: [...trial.looks] })).toBe(family);
  expect(families).toContain(family);
});
