import type { Garment, HealthHistory, MeChange, Screening } from '../../../shared/api/types';
import type { PlainDate } from '../../../shared/nights';

/** A question of the safety screen. */
export type Question = keyof Screening['answers'];
export type RedFlag = Screening['red_flags'][number];
export type AskCode = Screening['ask_first'][number];
export type BlockCode = Screening['blocked'][number];

/** The safety screen as it is being filled in: a question that is not there has not been reached, null is "I don't know". */
export interface SafetyAnswers {
  answers: Partial<Record<Question, boolean | null>>;
  /** Ankle-brachial index of each leg, null where it is not known. */
  abi_left: number | null;
  abi_right: number | null;
  /** The more worrying index of both legs, in answers to the first version of the questions. */
  abi?: number | null;
  asked: Partial<Record<AskCode, PlainDate>>;
  red_flags: RedFlag[];
}

/** Whether the person has stockings, and what the label says. */
export interface StockingsAnswers extends Garment {
  have: boolean | null;
}

export type PlanKind = 'staged' | 'fixed' | 'quick' | 'none';
export type Wear = 'day' | 'night' | 'any';

/** The plan somebody thinks of, before it is drawn. */
export interface TrialWish {
  plan: PlanKind | null;
  wear: Wear;
  start: PlainDate | null;
  /** The day on which a clinician agreed to stockings in bed. */
  agreed: PlainDate | null;
  expectation: number | null;
}

/** What the server keeps of some steps as documents of their own. */
export interface KnownOf {
  safety: Screening;
  health: HealthHistory;
  stockings: Garment;
}
export type KnownAnswers = KnownOf[keyof KnownOf];

/** What each step asks. */
export interface AnswersOf {
  profile: MeChange;
  safety: SafetyAnswers;
  health: HealthHistory;
  stockings: StockingsAnswers;
  trial: TrialWish;
}

export type AnsweredSection = keyof AnswersOf;

/** Answers on this phone; `finished` ones wait to be sent. */
export interface Kept<Answers> {
  answers: Answers;
  finished: boolean;
}
export type KeptAnswers = Kept<AnswersOf[AnsweredSection]>;

/** Nothing answered yet. */
export const nothingAnswered: AnswersOf = {
  profile: {},
  safety: { answers: {}, abi_left: null, abi_right: null, asked: {}, red_flags: [] },
  health: {
    signs: { swelling: null, skin_change: null, varicose: null, spider: null },
    symptoms_by_day: [],
    causes: [],
    vein_risks: [],
    medicines: [],
    medicines_note: null,
    pregnancy: null,
    cramp_or_urge: { muscle_hardens: null, urge_first: null, walking_brings_on: null, numb_feet: null, shifting_ends: null },
    note: null,
  },
  stockings: { have: null, scheme: null, compression_class: null, mmhg_low: null, mmhg_high: null, length: null },
  trial: { plan: null, wear: 'day', start: null, agreed: null, expectation: null },
};
