import { bodyOf } from '../../shared/api/client';
import { api } from '../api';
import type { Health, Hold, PatientNights, Result, Trial } from '../records';

/** What the patient page shows beside its charts. */
export type PatientFile = PatientNights & { result: Result; trials: Trial[]; health: Health; holds: Hold[] };

/** Reads a patient's nights, result, trials, health and stop signs. */
export async function readFile(id: string): Promise<PatientFile> {
  const params = { path: { patient_id: id } };
  const [nights, result, { trials }, health, { holds }] = await Promise.all([
    bodyOf(api.GET('/api/patients/{patient_id}/nights', { params })),
    bodyOf(api.GET('/api/patients/{patient_id}/result', { params })),
    bodyOf(api.GET('/api/patients/{patient_id}/trials', { params })),
    bodyOf(api.GET('/api/patients/{patient_id}/health', { params })),
    bodyOf(api.GET('/api/patients/{patient_id}/holds', { params })),
  ]);
  return { ...(nights as PatientNights), result: result as Result, trials, health: health as Health, holds: holds as Hold[] };
}
