import type { components, paths } from '../shared/api/schema';
import type { Filled, Night, Revision } from '../shared/api/types';

type Schemas = components['schemas'];

export type Me = Schemas['Me'];
export type PatientRow = Schemas['RosterRow'];
export type Patient = Schemas['Patient'];
export type Trial = Schemas['Trial'];
export type Need = Schemas['Need'];
export type Caution = Schemas['Caution'];
export type Estimate = Schemas['Arms'];
export type State = Schemas['Result']['state'];

/** The comparison; the document describes a nested null as an empty object, which the server never sends. */
export type Result = Omit<Schemas['Result'], 'as_worn' | 'washout_sensitivity' | 'wear'> & {
  as_worn: Estimate | null;
  washout_sensitivity: Estimate | null;
  wear: Schemas['Wear'] | null;
};

/** What the patient told about their health: what the server sends has every property. */
export type Health = Omit<Schemas['PatientHealth'], 'history' | 'garment'> & {
  history: Filled<Schemas['AnsweredHealthHistory']>;
  garment: Filled<Schemas['AnsweredGarment']>;
};

/** A stop sign, and how it ended. */
export type { Hold } from '../shared/api/types';

/** The panels and bands that a timeline may show. */
export type Panel = NonNullable<NonNullable<paths['/api/patients/{patient_id}/charts/{name}']['get']['parameters']['query']>['show']>[number];

/** A night as the physician reads it: what the server sends has every property. */
export type ClinicNight = Night & Pick<Schemas['ReadNight'], 'late' | 'woke_on'>;

export type PatientNights = Omit<Schemas['PatientNights'], 'nights'> & { nights: ClinicNight[] };

export type ProblemRow = Schemas['ProblemTally'];
export type ContributorRow = Schemas['ContributorTally'];

/** A change of one of a patient's nights. */
export type NightChange = Revision & { night_date: string };

/** A page of the changes of all nights. */
export type Changes = Omit<Schemas['Changes'], 'revisions'> & { revisions: NightChange[] };
