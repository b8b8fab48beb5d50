const en = {
  intro: 'Charley does not watch your entries and cannot call for help.',
  now: 'Call now',
  emergency: [
    'You have trouble breathing.',
    'Your chest hurts more when you breathe in or cough.',
    'You cough up blood.',
    'Your heart beats very fast or unevenly.',
    'You faint.',
    'A leg is suddenly cold, pale, numb or weak, and it hurts.',
    'A varicose vein bleeds. Press on it firmly and raise the leg.',
  ],
  todayTitle: 'See a doctor today',
  todayIntro: 'A blood clot can feel like a cramp. Look at both legs. See a doctor today if one leg has:',
  today: [
    'swelling',
    'pain, or it hurts when you touch it',
    'warm skin',
    'red or darker skin (harder to see on brown or black skin)',
    'hard, sore veins',
    'hot skin that spreads, and you have a fever',
  ],
  longTitle: 'Get medical help at once',
  long: [
    'A cramp lasts more than 10 minutes and stretching does not stop it.',
    'Cramps start after contact with a poison, or after a wound got infected.',
  ],
  stockingsTitle: 'Take the stockings off and ask your doctor',
  stockings: ['Your toes are numb, white, blue or cold.', 'The pain gets worse.', 'You get a blister or sore skin.', 'The leg or foot swells.', 'You get short of breath: call the emergency number.'],
  soonTitle: 'See your doctor soon',
  soon: ['Cramps often disturb your sleep.', 'A leg is numb or swollen.', 'A leg muscle gets weak or thin.'],
};

/** What every language must say of when to get help. */
export type HelpTexts = typeof en;
export default en;
