import { bodyOf } from '../../shared/api/client';
import { api } from '../api';
import type { ChartName } from './Chart';
import type { Figure, Look } from './drawing';

/** Reads one of a patient's figures. */
export function patientFigure(id: string, name: Exclude<ChartName, 'overview'>): (look: Look) => Promise<Figure> {
  return (look) => bodyOf(api.GET('/api/patients/{patient_id}/charts/{name}', { params: { path: { patient_id: id, name }, query: look } }));
}
