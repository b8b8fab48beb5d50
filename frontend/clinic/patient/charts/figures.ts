import { bodyOf } from '../../../shared/api/client';
import { api } from '../../api';
import type { Panel } from '../../records';
import type { ChartName } from './Chart';
import type { Figure, Look } from './drawing';

/** Reads one of a patient's figures; `show` names the panels of a timeline. */
export function patientFigure(id: string, name: Exclude<ChartName, 'overview'>, show?: Panel[]): (look: Look) => Promise<Figure> {
  const path = { patient_id: id, name };
  return (look) => bodyOf(api.GET('/api/patients/{patient_id}/charts/{name}', { params: { path, query: { ...look, ...(show && { show }) } } }));
}
