export type Route = { page: 'sign-in' } | { page: 'roster' } | { page: 'patient'; id: string } | { page: 'evidence'; family: string | null } | { page: 'share' } | { page: 'unknown' };

const PATIENT = /^\/clinic\/patients\/([0-9a-f-]{36})\/?$/i;
const EVIDENCE = /^\/clinic\/evidence(?:\/([a-z_]+))?\/?$/;

/** Which page a path of the clinic names. */
export function parseRoute(path: string): Route {
  if (/^\/clinic(\/|\/index\.html)?$/.test(path)) {
    return { page: 'sign-in' };
  }
  if (/^\/clinic\/patients\/?$/.test(path)) {
    return { page: 'roster' };
  }
  const evidence = EVIDENCE.exec(path);
  if (evidence) {
    return { page: 'evidence', family: evidence[1] ?? null };
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

/** How often the comparison is wrong, for one family of patients first. */
export function evidencePath(family: string): string {
  return `${EVIDENCE_PATH}/${family}`;
}

export const ROSTER_PATH = '/clinic/patients';
export const EVIDENCE_PATH = '/clinic/evidence';
export const SHARE_PATH = '/clinic/share';
export const SIGN_IN_PATH = '/clinic/';
