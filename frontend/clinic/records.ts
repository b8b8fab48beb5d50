import type { components } from '../shared/api/schema';
import type { Night } from '../shared/api/types';

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
export type Result = Omit<Schemas['Result'], 'as_worn' | 'washout_sensitivity'> & {
  as_worn: Estimate | null;
  washout_sensitivity: Estimate | null;
};

/** A night as the physician reads it: what the server sends has every property. */
export type ClinicNight = Night & Pick<Schemas['ReadNight'], 'late' | 'woke_on'>;

export type PatientNights = Omit<Schemas['PatientNights'], 'nights'> & { nights: ClinicNight[] };
