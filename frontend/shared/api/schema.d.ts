// Written by hand from the contract until the OpenAPI document is there to generate it from.
export interface components {
  schemas: {
    Cramp: {
      id: string;
      onset_local?: string | null;
      duration_min?: number | null;
      pain_nrs?: number | null;
      site?: 'calf' | 'foot' | 'thigh' | null;
      side?: 'left' | 'right' | 'both' | null;
      relief?: ('stretch' | 'massage' | 'walk' | 'stand' | 'heat' | 'none')[];
    };
    Symptoms: { aching?: number | null; heaviness?: number | null; soreness?: number | null; burning?: number | null };
    Night: {
      night_date: string;
      cramps: components['schemas']['Cramp'][];
      stockings_day?: boolean | null;
      day_wear_h?: number | null;
      stockings_night?: boolean | null;
      rls_urge?: boolean | null;
      awake_min?: number | null;
      symptoms?: components['schemas']['Symptoms'];
      problems?: ('itch' | 'discomfort' | 'pain' | 'tight' | 'heat' | 'donning' | 'skin' | 'numb' | 'cold_or_color' | 'swelling' | 'breathless' | 'other')[];
      contributors?: ('caffeine' | 'alcohol' | 'nicotine' | 'low_fluids' | 'long_standing' | 'long_sitting' | 'exercise' | 'walking' | 'travel' | 'illness' | 'medicine_change' | 'other')[];
      note?: string | null;
      tz: string;
      edited_at: string;
    };
    NightFeed: {
      epoch: string;
      cursor: number;
      nights: components['schemas']['Night'][];
      etags: { [date: string]: string };
      deleted: string[];
    };
    Revision: {
      at: string;
      actor: { id: string; display_name: string; role: string };
      action: 'recorded' | 'corrected' | 'deleted' | 'refused';
      edited_at: string | null;
      late: boolean;
      woke_on: string;
      old: components['schemas']['Night'] | null;
      new: components['schemas']['Night'] | null;
    };
    History: { revisions: components['schemas']['Revision'][] };
    Me: {
      id: string;
      email: string;
      role: 'patient' | 'physician' | 'admin';
      display_name: string;
      birth_year: number | null;
      country: string | null;
      language: 'en' | 'es';
      zone: string;
      reminder_morning: string | null;
      reminder_evening: string | null;
      usual_cramps_per_week: number | null;
      share_code: string | null;
    };
    MeChange: Partial<Omit<components['schemas']['Me'], 'id' | 'email' | 'role' | 'share_code'>>;
    Note: { code: string; text: string; have?: number | null; want?: number | null; value?: number | null };
    Result: {
      state: 'running' | 'insufficient' | 'help' | 'worse' | 'fewer_unclear' | 'more_unclear' | 'no_clear_difference';
      grade: 'A' | 'B' | 'C' | 'D' | null;
      rate_ratio: number | null;
      ci_low: number | null;
      ci_high: number | null;
      nights_on: number;
      nights_off: number;
      cramps_on: number;
      cramps_off: number;
      rate_on: number | null;
      rate_off: number | null;
      saved_per_week: number | null;
      adherence: number | null;
      nights_recorded: number;
      needs: components['schemas']['Note'][];
      warnings: components['schemas']['Note'][];
    };
    PlanNight: { date: string; assigned: boolean | null };
    Share: { id: string; physician_name: string; granted_at: string; revoked_at: string | null };
    Physician: { display_name: string; consent_version: string; consent_text: string };
    AccessEntry: { at: string; physician_name: string; what: string };
    PatientRow: {
      id: string;
      display_name: string;
      state: components['schemas']['Result']['state'];
      grade: 'A' | 'B' | 'C' | 'D' | null;
      rate_ratio: number | null;
      ci_low: number | null;
      ci_high: number | null;
      nights_recorded: number;
      adherence: number | null;
      last_entry: string | null;
      alerts: string[];
      sparkline: (number | null)[];
    };
    PatientNights: {
      patient: { id: string; display_name: string; birth_year: number | null; zone: string };
      nights: (components['schemas']['Night'] & { late: boolean; woke_on: string })[];
      first_night: string | null;
      as_of: string;
    };
  };
}

interface Json<T> {
  headers: Record<string, unknown>;
  content: { 'application/json': T };
}
interface Empty {
  headers: Record<string, unknown>;
  content?: never;
}
interface Parameters {
  query?: Record<string, unknown>;
  header?: Record<string, string>;
  path?: Record<string, string>;
}
interface Get<T, P extends Parameters = Parameters> {
  parameters: P;
  responses: { 200: Json<T> };
}
interface Send<Body, Status extends number, T, P extends Parameters = Parameters> {
  parameters: P;
  requestBody?: { content: { 'application/json': Body } };
  responses: { [S in Status]: [T] extends [never] ? Empty : Json<T> };
}
type ById = { path: { id: string } };
type ByDate = { path: { night_date: string }; header?: { 'If-Match'?: string } };
type S = components['schemas'];

export interface paths {
  '/api/auth/login': { post: Send<{ email: string; password: string }, 200, unknown> };
  '/api/auth/register': { post: Send<{ email: string; password: string; password_confirm: string }, 200, unknown> };
  '/api/auth/logout': { post: Send<Record<string, never>, 200, unknown> };
  '/api/me': { get: Get<S['Me']>; patch: Send<S['MeChange'], 200, S['Me']> };
  '/api/nights': { get: Get<S['NightFeed'], { query?: { cursor?: number; from?: string; to?: string } }> };
  '/api/nights/{night_date}': {
    get: Get<S['Night'], ByDate>;
    put: Send<S['Night'], 200 | 201, S['Night'], ByDate>;
    delete: Send<never, 204, never, ByDate>;
  };
  '/api/nights/{night_date}/history': { get: Get<S['History'], ByDate> };
  '/api/result': { get: Get<S['Result']> };
  '/api/plan': { get: Get<S['PlanNight'][], { query: { from: string; to: string } }> };
  '/api/trials': { get: Get<{ trials: unknown[] }> };
  '/api/physicians/{code}': { get: Get<S['Physician'], { path: { code: string } }> };
  '/api/shares': { get: Get<{ shares: S['Share'][] }>; post: Send<{ code: string; consent_version?: string }, 201, S['Share']> };
  '/api/shares/{id}': { delete: Send<never, 204, never, ById> };
  '/api/access-log': { get: Get<{ entries: S['AccessEntry'][] }> };
  '/api/patients': { get: Get<{ patients: S['PatientRow'][] }> };
  '/api/patients/{id}/nights': { get: Get<S['PatientNights'], ById> };
  '/api/patients/{id}/trials': { get: Get<{ trials: unknown[] }, ById> };
  '/api/patients/{id}/result': { get: Get<S['Result'], ById> };
  '/api/patients/{id}/charts/{chart}': {
    get: Get<
      { data: Record<string, unknown>[]; layout: Record<string, unknown> },
      { path: { id: string; chart: 'timeline' | 'comparison' | 'calendar' }; query?: { scheme?: 'light' | 'dark'; lang?: 'en' | 'es' } }
    >;
  };
}
