/** When the answer of a trial comes, wherever a page speaks of it. */
const en = {
  one: (day: string) => `The answer comes on ${day}, at noon.`,
  first: (first: string, latest: string) => `First possible answer on ${first}, at the latest on ${latest}, at noon.`,
  looked: (day: string) => `Looked on ${day}: not clear yet, it goes on.`,
  due: (day: string) => `There was a look on ${day}. What it brought comes when there is a connection.`,
  next: (next: string, latest: string) => `Next look on ${next}. The answer comes on ${latest} at the latest, at noon.`,
  last: (day: string) => `The last look, and the answer, comes on ${day}, at noon.`,
  opensOn: (day: string) => `Its result opens on ${day}, at noon.`,
  opensBy: (day: string) => `Its result opens on ${day} at the latest, at noon.`,
  opened: (day: string) => `The answer was there by ${day}, at noon.`,
  early: 'It came early.',
  never: 'It never began, so there is no answer.',
  moved: (drawn: string, on: string) => `Drawn to start on ${drawn}, and moved on ${on}.`,
  newStart: (day: string) => `Its first day is now ${day}.`,
  movedFrom: (day: string) => `You moved it from ${day}.`,
  movedWhy: (drawn: string, start: string) => `You moved the start from ${drawn} to ${start}, so these dates moved too.`,
};

/** What every language must say of it. */
export type AnswerTexts = typeof en;
export default en;
