export type Route = { page: 'sign-in' } | { page: 'roster' } | { page: 'patient'; id: string } | { page: 'evidence' } | { page: 'share' } | { page: 'unknown' };

const PATIENT = /^\/clinic\/patients\/([0-9a-f-]{36})\/?$/i;

/** Which page a path of the clinic names. */
export function parseRoute(path: string): Route {
  if (/^\/clinic(\/|\/index\.html)?$/.test(path)) {
    return { page: 'sign-in' };
  }
  if (/^\/clinic\/patients\/?$/.test(path)) {
    return { page: 'roster' };
  }
  if (/^\/clinic\/evidence\/?$/.test(path)) {
    return { page: 'evidence' };
  }
  if (/^\/clinic\/share\/?$/.test(path)) {
    return { page: 'share' };
  }
  const id = PATIENT.exec(path)?.[1];
  return id ? { page: 'patient', id: id.toLowerCase() } : { page: 'unknown' };
}

export function patientPath(id: string): string {
  return `/clinic/patients/${id}`;
}

export const ROSTER_PATH = '/clinic/patients';
export const EVIDENCE_PATH = '/clinic/evidence';
export const SHARE_PATH = '/clinic/share';
export const SIGN_IN_PATH = '/clinic/';
