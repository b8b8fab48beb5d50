import type { components } from './schema';

type Schemas = components['schemas'];

/** Every property there: what the server sends, as opposed to what it accepts. */
export type Filled<T> = T extends (infer Item)[] ? Filled<Item>[] : T extends object ? { [Key in keyof T]-?: Filled<T[Key]> } : T;

export type Night = Filled<Schemas['Night']>;
export type Cramp = Filled<Schemas['Cramp']>;
export type Me = Filled<Schemas['Me']>;
export type MeChange = Schemas['Profile'];
/** Counts, rates and ratio of nights with and without stockings. */
export type Arms = Filled<Schemas['Arms']>;
/** The document describes a nullable object loosely; what stands in it is this. */
export type Result = Omit<Filled<Schemas['Result']>, 'as_worn' | 'washout_sensitivity' | 'wear'> & {
  as_worn: Arms | null;
  washout_sensitivity: Arms | null;
  wear: Filled<Schemas['Wear']> | null;
};
export type Actor = Filled<Schemas['Actor']>;
/** The document describes a nullable object loosely; what stands in it is this. */
export type Revision = Omit<Filled<Schemas['Revision']>, 'actor' | 'old' | 'new'> & { actor: Actor | null; old: Night | null; new: Night | null };
export type NightFeed = Filled<Schemas['Feed']>;
/** What was drawn for a day; the phone knows a hold by itself, without a connection. */
export type PlanNight = Pick<Filled<Schemas['PlannedNight']>, 'date' | 'assigned'>;
/** The document describes a nullable object loosely; what stands in it is this. */
export type Hold = Omit<Filled<Schemas['Hold']>, 'ended'> & { ended: Filled<Schemas['HoldEnded']> | null };
export type Trial = Filled<Schemas['Trial']>;
export type ImportPreview = Filled<Schemas['ImportPreview']>;
export type PlannedNightOfFile = ImportPreview['nights'][number];
export type RefusedLine = ImportPreview['refused'][number];
export type Share = Filled<Schemas['Share']>;
export type Physician = Filled<Schemas['Offer']>;
export type AccessEntry = Filled<Schemas['AccessEntry']>;
export type Screening = Omit<Filled<Schemas['Screening']>, 'asked'> & { asked: Schemas['ScreeningAsked'] };
export type ScreeningAnswer = Schemas['ScreeningAnswer'];
export type HealthHistory = Filled<Schemas['HealthHistory']>;
export type Garment = Filled<Schemas['Garment']>;
export type TrialPlan = Omit<Schemas['NewTrial'], 'start_date'>;
export type DesignCheck = Filled<Schemas['DesignCheck']>;
