import type { Cramp, Night } from '../../shared/api/types';
import { crampAnswers, crampLists, nightAnswers, nightLists, symptoms } from '../../shared/night-fields';

interface Versions<T> {
  /** What both sides started from; null when they started independently. */
  base: T | null;
  mine: T;
  theirs: T;
  /** Whose value stands where both changed the same thing. */
  mineWins: boolean;
}

/** Merges two versions of one night per field and per cramp; `edited_at` is the later one. */
export function mergeNights({ base, mine, theirs, mineWins }: Versions<Night>): Night {
  return {
    ...theirs,
    ...mergeFields([...nightAnswers, 'tz'], { base, mine, theirs, mineWins }),
    ...mergeLists(nightLists, { base, mine, theirs }),
    symptoms: mergeFields(symptoms, { base: base?.symptoms ?? null, mine: mine.symptoms, theirs: theirs.symptoms, mineWins }),
    cramps: mergeCramps({ base: base?.cramps ?? null, mine: mine.cramps, theirs: theirs.cramps, mineWins }),
    edited_at: Date.parse(mine.edited_at) >= Date.parse(theirs.edited_at) ? mine.edited_at : theirs.edited_at,
  };
}

/** Whether two nights say the same, whenever and wherever they were written down. */
export function sameAnswers(a: Night, b: Night): boolean {
  return JSON.stringify(canonical(a)) === JSON.stringify(canonical(b));
}

function canonical(night: Night) {
  return [
    night.night_date,
    nightAnswers.map((name) => night[name] ?? null),
    symptoms.map((name) => night.symptoms[name] ?? null),
    nightLists.map((name) => [...night[name]].sort()),
    night.cramps.map((cramp) => [cramp.id, crampAnswers.map((name) => cramp[name] ?? null), crampLists.map((name) => [...cramp[name]].sort())]),
  ];
}

function mergeFields<T extends object, Name extends keyof T>(names: readonly Name[], versions: Versions<T>): Pick<T, Name> {
  const { base, mine, theirs, mineWins } = versions;
  const entries = names.map((name) => [name, mergeValue(base?.[name] ?? null, mine[name] ?? null, theirs[name] ?? null, mineWins)]);
  return Object.fromEntries(entries) as Pick<T, Name>;
}

function mergeValue<T>(base: T, mine: T, theirs: T, mineWins: boolean): T {
  if (mine === base) return theirs;
  if (theirs === base) return mine;
  return mineWins ? mine : theirs;
}

function mergeLists<T extends object, Name extends keyof T>(names: readonly Name[], { base, mine, theirs }: Omit<Versions<T>, 'mineWins'>): Pick<T, Name> {
  const told = (version: T | null, name: Name) => (version?.[name] ?? []) as unknown[];
  return Object.fromEntries(names.map((name) => [name, mergeSets(told(base, name), told(mine, name), told(theirs, name))])) as Pick<T, Name>;
}

function mergeSets<T>(base: readonly T[], mine: readonly T[], theirs: readonly T[]): T[] {
  const dropped = new Set(base.filter((item) => !mine.includes(item)));
  const kept = theirs.filter((item) => !dropped.has(item));
  const added = mine.filter((item) => !base.includes(item) && !kept.includes(item));
  return [...kept, ...added];
}

function mergeCramps({ base, mine, theirs, mineWins }: Versions<Cramp[]>): Cramp[] {
  const before = byId(base ?? []);
  const ours = byId(mine);
  const others = byId(theirs);
  const merged: Cramp[] = [];
  for (const id of new Set([...others.keys(), ...ours.keys()])) {
    const [old, my, their] = [before.get(id), ours.get(id), others.get(id)];
    if (my && their) merged.push(mergeCramp({ base: old ?? null, mine: my, theirs: their, mineWins }));
    // Known before and gone on one side means deleted there, and a deleted cramp stays deleted.
    else if (!old) merged.push((my ?? their)!);
  }
  return merged;
}

function mergeCramp({ base, mine, theirs, mineWins }: Versions<Cramp>): Cramp {
  const lists = mergeLists(crampLists, { base, mine, theirs });
  return {
    id: mine.id,
    ...mergeFields(crampAnswers, { base, mine, theirs, mineWins }),
    ...lists,
    // "Nothing helped" cannot stand beside something that did.
    relief: lists.relief.length > 1 ? lists.relief.filter((item) => item !== 'none') : lists.relief,
  };
}

function byId(cramps: readonly Cramp[]): Map<string, Cramp> {
  return new Map(cramps.map((cramp) => [cramp.id, cramp]));
}
