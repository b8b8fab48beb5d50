const en = {
  title: 'Why the stockings stay off',
  intro: 'This comes before the plan. A good night alone does not end it. It ends when you say here what has changed.',
  none: 'Nothing you told speaks against stockings now',
  noneText: 'If something hurts, gets numb or swells, write it down with the night. Then Charley says so at once.',
  stillBlocked: 'You said that you may wear them. Your safety answers still stand, so no new plan is offered.',
  since: (day: string) => `Since ${day}`,
  safety: 'Your safety answers',
  safetyText: 'An answer or a warning sign speaks against stockings.',
  toSafety: 'See your safety answers',
  toNight: 'See or correct this night',
  askedText: 'Ask a doctor, a nurse or a vein specialist. Tell them what you wrote down.',
  mistake: 'I had answered by mistake',
  on: 'On which day?',
  chosen: (day: string) => `You chose ${day}.`,
  bounds: (first: string, last: string) => `Choose a day from ${first} to ${last}.`,
  save: 'Save',
  logged: 'What you say here is kept. A physician you share with can read it.',
};

/** What every language must say of a hold. */
export type HoldTexts = typeof en;
export default en;
