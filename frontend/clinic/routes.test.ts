import { expect, test } from 'vitest';
import { EVIDENCE_PATH, evidencePath, parseRoute, patientPath, SHARE_PATH } from './routes';

const id = '54478e75-3c48-4d55-89ae-b271afae73c9';

test('every address of the clinic names its page', () => {
  expect(parseRoute('/clinic/')).toEqual({ page: 'sign-in' });
  expect(parseRoute('/clinic')).toEqual({ page: 'sign-in' });
  expect(parseRoute('/clinic/patients')).toEqual({ page: 'roster' });
  expect(parseRoute('/clinic/patients/')).toEqual({ page: 'roster' });
  expect(parseRoute(EVIDENCE_PATH)).toEqual({ page: 'evidence', family: null });
  expect(parseRoute(evidencePath('few_blocks'))).toEqual({ page: 'evidence', family: 'few_blocks' });
  expect(parseRoute(SHARE_PATH)).toEqual({ page: 'share' });
  expect(parseRoute(patientPath(id))).toEqual({ page: 'patient', id });
});

test('an address that names nothing is unknown', () => {
  expect(parseRoute('/clinic/patients/7')).toEqual({ page: 'unknown' });
  expect(parseRoute('/clinic/settings')).toEqual({ page: 'unknown' });
});
