import { counter } from '../plural';

const count = counter('en');
const night = { one: 'night', other: 'nights' };
const patient = { one: 'patient', other: 'patients' };

/** The number behind a warning, as texts may say it. */
export interface Said {
  number: string;
  percent: string;
  ratio: string;
}

const en = {
  app: {
    name: 'Charley',
    place: 'Clinic',
    title: (page: string) => `${page} · Charley clinic`,
    skip: 'Skip to the content',
    loading: 'Loading…',
    retry: 'Try again',
    unknownTitle: 'There is no such page',
    unknownText: 'The address leads nowhere in the clinic.',
    toRoster: 'All patients',
  },

  header: {
    code: 'Your code',
    codeHint: 'for your patients',
    copy: 'Copy',
    qr: 'QR code',
    copied: 'Copied',
    copyFailed: 'Copying is not allowed here. The code is selected; copy it with the keyboard.',
    language: 'Language',
    languages: { en: 'English', es: 'Español' },
    scheme: 'Colors',
    schemes: { auto: 'Automatic', light: 'Light', dark: 'Dark' },
    signOut: 'Sign out',
    signOutFailed: 'Signing out did not reach the server, so you are still signed in. Please try again.',
  },

  share: {
    title: 'For your patients',
    intro: (name: string) => `Share your night diary with ${name}`,
    steps: [
      'Point your phone’s camera at this picture and open the link.',
      'Start a diary, or sign in to yours.',
      'Read what is shared and with whom. You decide, and you can stop at any time.',
    ],
    picture: (link: string) => `QR code with the link ${link}`,
    noCamera: 'Without a camera: open this address, or type the code under “Me”, “Sharing”.',
    code: 'Code',
    print: 'Print this page',
    note: 'The code only shows your name. Nothing is shared before a patient agrees.',
    failed: 'The picture could not be loaded. The link and the code below work without it.',
    invite: 'Invite a patient',
    inviteNote: 'For a message or a letter. The link leads through the first day of the diary to the question whether to share it with you.',
    invitation: (name: string, link: string) =>
      `${name} invites you to keep a diary of leg cramps at night.\n\n1. Open this link on your phone: ${link}\n2. Start a diary, or sign in to yours. The first steps take a few minutes; you may leave any of them for later.\n3. At the end you read what is shared and with whom. You decide, and you can stop at any time.`,
    subject: 'Your night diary',
    copyInvitation: 'Copy the invitation',
    copied: 'Copied',
    copyFailed: 'Copying is not allowed here. The invitation is selected; copy it with the keyboard.',
    mail: 'Open in e-mail',
    renew: 'New code',
    renewNote:
      'When a code came into the wrong hands, or from time to time. The present code, its links and its sheets stop working at once. Whoever shares with you already goes on sharing.',
    renewButton: 'Change the code',
    renewed: (code: string) => `The new code is ${code}. Print and hand out new sheets.`,
    renewFailed: 'The code could not be changed; the present one still works. Please try again.',
  },

  signIn: {
    title: 'Sign in to the clinic',
    intro: 'For physicians whose patients share their cramp diary.',
    email: 'E-mail',
    password: 'Password',
    show: 'Show password',
    hide: 'Hide password',
    submit: 'Sign in',
    busy: 'Signing in…',
    missing: 'Please enter your e-mail and your password.',
    wrong: 'The e-mail or the password is not right.',
    tooMany: (minutes: number) =>
      `Too many tries. Please wait ${count(minutes, { one: 'minute', other: 'minutes' })} and try again.`,
    help: 'Accounts for physicians are made by the person who runs this server.',
    diary: 'Patient? Your diary is here.',
    again: 'You have been signed out. Please sign in again; you will return to the page you were on.',
    patientTitle: 'This is the physicians’ page',
    patientText: 'You are signed in as a patient. Your diary is on its own page.',
    patientLink: 'Open the diary',
    adminTitle: 'This account has no patients',
    adminText: 'You are signed in as an administrator. The clinic is for physicians, to whom patients give access.',
  },

  // States in a list of them; what is said of one result is as strong as its evidence.
  states: {
    help: 'Fewer cramps',
    fewer_unclear: 'Fewer, unclear',
    no_clear_difference: 'No clear difference',
    more_unclear: 'More, unclear',
    worse: 'More cramps',
    running: 'Still running',
    insufficient: 'Too little data',
  },
  stories: {
    help: 'Stockings seem to help',
    help_unplanned: 'Own diary, no trial: fewer cramps',
    fewer_unclear: 'Fewer cramps, cause unclear',
    no_clear_difference: 'Not clear',
    much_alike: 'Nights much alike',
    more_unclear: 'More cramps, cause unclear',
    worse: 'More cramps with stockings',
    worse_unplanned: 'Own diary, no trial: more cramps',
    running: 'Still running',
    insufficient: 'Too little data',
  },
  against:
    'Against the veins as the reason: most leg symptoms have another cause even where veins are ill, and cramps were not related to trunk varices (Edinburgh Vein Study, 1,566 people, BMJ 1999;318:353). Stockings without real pressure help, too: in restless legs in pregnancy placebo stockings brought 71% of the improvement (Rev Assoc Med Bras).',
  noStudy: 'No finished study of stockings for night cramps was found; NCT04694417 is registered, without results.',

  grades: {
    A: 'randomized trial, exact test',
    B: 'randomized trial with too few possible schedules for an exact test',
    C: 'unplanned or fixed wear, adjusted for trend, weekend and the night before',
    D: 'before and after, or too few changes of wear; cannot raise a flag',
  },
  grade: (letter: string) => `Grade ${letter}`,

  howOftenWrong: 'How often is this wrong?',

  alerts: {
    red_flag: 'Red flag',
    stocking_problem: 'Stocking problem',
    no_entry: 'No entry for 7 days',
  },
  otherAlert: 'Alert',

  change: {
    fewer: (percent: string) => `${percent} fewer`,
    more: (percent: string) => `${percent} more`,
    times: (times: string) => `${times} times as many`,
    same: 'as many as without',
  },

  roster: {
    watched: 'Nobody watches this page around the clock.',
    title: 'Patients',
    caption: 'Patients who share their diary with you',
    shown: (shown: number, all: number) => (shown === all ? count(all, patient) : `${shown} of ${count(all, patient)}`),
    search: 'Search by name',
    states: 'State',
    all: 'All',
    sortBy: 'Sort by',
    sorts: {
      useful: 'Most useful first',
      name: 'Name',
      state: 'State',
      ratio: 'Rate ratio',
      q: 'q-value',
      nights: 'Nights recorded',
      adherence: 'Adherence',
      last_entry: 'Last entry',
      alerts: 'Alerts',
    },
    columns: {
      name: 'Name',
      state: 'State',
      ratio: 'Rate ratio',
      nights: 'Nights',
      adherence: 'Adherence',
      last_entry: 'Last entry',
      sparkline: 'Last 60 nights',
      alerts: 'Alerts',
    },
    units: {
      ratio: 'fewer ← → more',
      nights: 'recorded',
      adherence: 'to plan',
      sparkline: 'older → newer',
    },
    q: 'q',
    qValues: 'q-values',
    aboutQ: (compared: number) =>
      `Of all patients with a q this small or smaller, the share that chance alone may have put there: counted over ${count(compared, patient)} with a tested comparison.`,
    interval: (low: string, high: string) => `between ${low} and ${high}`,
    beyond: 'the interval goes on beyond the picture (an eighth to eight times); the numbers beside it tell how far',
    noRatio: { running: 'opens at the end', insufficient: 'not enough nights', other: 'none' },
    noAdherence: 'no plan',
    adherenceLater: 'not yet',
    noEntry: 'none yet',
    noAlerts: 'none',
    sparkline: (cramps: number, none: number, missing: number) =>
      `${count(cramps, night)} with cramps, ${none} without, ${missing} not recorded`,
    legend: 'Marks',
    legendCramps: 'cramps (taller: more)',
    legendNone: 'no cramps',
    legendGap: 'not recorded',
    keys: { search: 'search', move: 'move', open: 'open' },
    shortcuts: 'Keyboard shortcuts',
    emptyTitle: 'No patient shares a diary with you yet',
    emptyIntro: 'Patients decide who may read their diary. To see one here:',
    emptySteps: [
      'Give the patient your code.',
      'In their diary, they open “Me”, “Sharing” and enter it. They see your name before they agree.',
      'The patient then appears in this list. You need not do anything.',
    ],
    noMatchTitle: 'No patient matches',
    noMatchText: 'The name or the state leaves nobody on the list.',
    showAll: 'Show all patients',
  },

  patient: {
    back: 'All patients',
    born: (year: string) => `born ${year}`,
    period: (first: string, last: string) => `diary from ${first} to ${last}`,
    recorded: (recorded: number, all: number) => `${recorded} of ${count(all, night)} recorded`,
    noNights: 'No night has been recorded yet. What the patient records appears here by itself.',
    print: 'Print',
    result: 'What the diary shows',

    meaning: {
      help: 'Fewer cramps on nights with stockings than without, more clearly than chance would explain at the level set for this grade. A reason to consider venous insufficiency and to offer a duplex ultrasound.',
      help_unplanned:
        'This was no trial: the patient chose the nights, chance did not. Fewer cramps on nights with stockings, more clearly than chance would explain at the level set for this grade; yet what made the patient choose a night may have changed the cramps. A weaker reason to consider venous insufficiency; a randomized trial could settle it.',
      fewer_unclear:
        'Fewer cramps with stockings, but this way of wearing them cannot tell the stockings from other changes at the same time. A hint, not a flag; a randomized trial could settle it.',
      no_clear_difference:
        'It is not clear whether stockings make a difference: it may be large, small or none; the interval shows what is still possible. This does not show that stockings do nothing.',
      much_alike:
        'Nights with and without stockings were much alike: the whole interval lies between 0.80 and 1.25, so that any difference is small. This does not show that stockings do nothing.',
      more_unclear:
        'More cramps with stockings, but this way of wearing them cannot tell the stockings from other changes at the same time. Ask about fit, comfort and circulation.',
      worse:
        'More cramps on nights with stockings than without, more clearly than chance would explain at the level set for this grade. Ask about fit, comfort and circulation.',
      worse_unplanned:
        'This was no trial: the patient chose the nights, chance did not. More cramps on nights with stockings, more clearly than chance would explain at the level set for this grade; yet what made the patient choose a night may have changed the cramps. Ask about fit, comfort and circulation.',
      running:
        'Ratio, interval and verdict stay hidden from everyone until the planned look, because whoever sees interim figures may record differently. The nights themselves are below.',
      insufficient: 'There are too few nights, or too few cramps, for an honest comparison.',
    },

    ratio: 'Rate ratio',
    intervalOf: (low: string, high: string) => `95% interval between ${low} and ${high}, model-based`,
    inWords: (point: string, low: string, high: string) =>
      `Cramps with stockings: ${point}. The data are compatible with anything between ${low} and ${high}.`,
    saved: (cramps: string) => `About ${cramps} fewer cramps a week with stockings.`,
    added: (cramps: string) => `About ${cramps} more cramps a week with stockings.`,

    table: {
      caption: 'Nights with and without stockings',
      assigned: 'As assigned',
      worn: 'As worn',
      both: 'As assigned and as worn',
      settled: 'Without the first night after each change',
      nights: 'Nights, with / without stockings',
      cramps: 'Cramps, with / without',
      rates: 'Cramps a week, with / without',
      ratio: 'Rate ratio',
      interval: '95% interval',
      hidden: 'hidden until the look',
      none: 'not available',
      note: 'As assigned: by the drawn schedule, whatever was worn. As worn: by what was worn, whatever was planned.',
      one: 'Stockings were worn as assigned on every compared night, so that both are one estimate.',
      two: (otherwise: number, unknown: number) =>
        `The two estimates count different nights: wear was not as assigned on ${count(otherwise, night)}; by wear, weekend and the night before are adjusted for, too.${unknown > 0 ? ` As worn leaves out ${count(unknown, night)} of unknown wear.` : ''}`,
      adherence: (percent: string) => `Worn as assigned on ${percent} of nights with known wear.`,
      changes: (n: number) => `Wear changed ${count(n, { one: 'time', other: 'times' })}.`,
    },

    method: 'Method',
    methods: {
      exact: (schedules: string) => `exact randomization test over all ${schedules} schedules that could have been drawn`,
      monte_carlo: (schedules: string) => `randomization test over 4,095 random draws of the ${schedules} schedules that could have been drawn`,
      staged: () => 'exact randomization test with looks planned before the start',
      model_trend: () => 'quasi-Poisson model, adjusted for trend',
      model_adjusted: () => 'quasi-Poisson model, adjusted for trend, weekend and the night before',
    },
    pFewer: (p: string) => `one-sided p ${p} for fewer cramps`,
    pMore: (p: string) => `one-sided p ${p} for more cramps`,

    secondary: {
      title: 'Secondary outcomes',
      note: 'With stockings compared to without, on the same nights as above. They never raise a flag.',
      outcome: 'Outcome',
      estimate: 'Estimate',
      uncertainty: '95% interval or standard error',
      cramp_free: 'Nights without cramps, difference',
      points: (points: string) => `${points} percentage points`,
      minutes: 'Minutes of cramp a night, ratio',
      pain: 'Worst pain, lower with stockings',
      cramps: 'Cramps, fewer with stockings',
      ofPairs: (percent: string) => `in ${percent} of pairs of nights`,
      standardError: (percent: string) => `standard error ${percent}`,
      mean: 'Mean worst pain of nights with cramps, with / without',
      ofTen: (on: string, off: string) => `${on} / ${off} of 10`,
      unknown: 'not available',
    },

    needs: 'Still needed',
    need: {
      nights_on: (have: string, want: string) => `Nights with stockings: ${have} of at least ${want}.`,
      nights_off: (have: string, want: string) => `Nights without stockings: ${have} of at least ${want}.`,
      cramps: (have: string, want: string) => `Cramps in all: ${have} of at least ${want}.`,
    },
    opening: {
      nights: (have: string, want: string) => `Nights passed: ${have} of ${want}.`,
      one: (day: string) => `The comparison opens on ${day} at noon.`,
      first: (next: string, latest: string) => `First possible answer on ${next}, at the latest on ${latest}, at noon.`,
      looked: (day: string) => `Looked on ${day}: not clear yet, the trial goes on.`,
      next: (next: string, latest: string) => `Next look on ${next}, an answer at the latest on ${latest}, at noon.`,
      last: (day: string) => `Last look on ${day} at noon.`,
      stopped: (day: string) => `Stopped: the comparison opens on ${day} at noon at the latest.`,
    },
    warnings: 'Read with care',
    warning: {
      finished_early: ({ number }: Said) =>
        `The trial finished at an early look, after ${number} nights, because the difference was large; such an estimate is biased away from 1.`,
      stopped_early: ({ number }: Said) => `Only the nights up to night ${number} of the plan are compared: the trial was stopped then, or nothing was recorded later.`,
      carry_over: ({ ratio }: Said) =>
        `Leaving out the first night after each change multiplies the rate ratio by ${ratio}; what was worn before may still act for a night.`,
      wear_follows_cramps: () =>
        'Stockings were worn more often after nights with many cramps, which tend to be followed by better ones whatever is worn.',
      uneven_logging: ({ percent }: Said) =>
        `Nights with and without stockings were not recorded equally often (a difference of ${percent}); the comparison may be off.`,
      low_adherence: ({ percent }: Said) => `Stockings were worn as assigned on only ${percent} of nights.`,
      unknown_wear: ({ number }: Said) => `Recorded nights left out because it is not known whether stockings were worn: ${number}.`,
    },
    limits: 'What this does not mean',
    limit: [
      'It is a hypothesis, never a diagnosis: it can neither show nor rule out venous disease. That takes a vein specialist’s history, examination and duplex ultrasound.',
      'An evaluation has value whatever the diary shows. Other causes of night cramps belong to primary care.',
      'Stockings cannot be blinded, so expectation may have moved the counts. Rule out arterial disease before advising compression.',
      'This tests a clinician’s rule of thumb in one person; the method was checked on simulated patients.',
    ],
    noTrial: 'No trial: stockings as the patient chose to wear them.',
    designs: {
      pairs: 'Randomized pairs of blocks',
      blocks: 'Randomized balanced blocks',
      before_after: 'Before and after',
      observational: 'Diary with a planned end, no schedule',
    },
    exposures: { any: 'stockings by day or night', day: 'stockings by day', night: 'stockings at night' },
    planned: (nights: number) => `${count(nights, night)} planned`,
    blockNights: (nights: number) => `blocks of ${count(nights, night)}`,
    between: (start: string, end: string) => `${start} to ${end}`,
  },

  charts: {
    timeline: 'Night by night',
    comparison: 'The comparison',
    calendar: 'Calendar',
    overview: 'Overview of all comparisons',
    label: {
      timeline: 'Chart: cramps, stockings and gaps, night by night. The table holds the same nights.',
      comparison: 'Chart: the rate ratio and its interval. The table below holds the figures.',
      calendar: 'Chart: a calendar of cramps and stockings. The table holds the same nights.',
      overview: 'Chart: rate ratios and intervals of all patients with a comparison, most useful first. The list holds the same figures.',
    },
    legendLabel: 'Marks',
    legend: { cramps: 'cramps (larger: more)', none: 'no cramps', gap: 'not recorded', on: 'stockings on', off: 'stockings off' },
    chart: 'Chart',
    table: 'Table',
    show: 'Show as',
    range: 'Range',
    ranges: { weeks4: '4 weeks', weeks8: '8 weeks', weeks12: '12 weeks', all: 'All' },
    failed: 'The chart could not be loaded. The table holds the same figures.',
    drawing: 'Drawing the chart…',
  },

  nights: {
    caption: 'Every night, newest first',
    night: 'Night',
    cramps: 'Cramps',
    minutes: 'Minutes',
    pain: 'Worst pain',
    day: 'Stockings by day',
    nightWear: 'Stockings at night',
    urge: 'Urge to move',
    remarks: 'Remarks',
    missing: 'not recorded',
    unknown: 'not stated',
    yes: 'yes',
    no: 'no',
    late: 'recorded late',
    hours: (hours: string) => `worn ${hours} h`,
    atLeast: (minutes: string) => `at least ${minutes}`,
    problems: {
      itch: 'itching',
      discomfort: 'discomfort',
      pain: 'pain from the stocking',
      tight: 'too tight',
      heat: 'too warm',
      donning: 'hard to put on',
      skin: 'skin problem',
      numb: 'numbness',
      cold_or_color: 'cold or discolored toes',
      swelling: 'swelling',
      breathless: 'breathlessness',
      other: 'other stocking problem',
    },
    contributors: {
      caffeine: 'caffeine',
      alcohol: 'alcohol',
      nicotine: 'nicotine',
      low_fluids: 'drank little',
      long_standing: 'long standing',
      long_sitting: 'long sitting',
      exercise: 'exercise',
      walking: 'walking',
      travel: 'travel',
      illness: 'illness',
      medicine_change: 'change of medicine',
      other: 'something else',
    },
    week: 'Week of',
    calendarCaption: 'Cramps a night by week, newest first; on and off are the stockings. A night has the date of its evening.',
    on: 'on',
    off: 'off',
  },

  downloads: {
    title: 'For the visit',
    report: 'Visit report',
    patientReport: 'Page for the patient',
    all: 'All files (zip)',
    single: 'Single files',
    nights: 'Nights (CSV)',
    cramps: 'Cramps (CSV)',
    nightsSemicolon: 'Nights with semicolons and decimal commas',
    crampsSemicolon: 'Cramps with semicolons and decimal commas',
    dictionary: 'What each column means (data dictionary)',
    fhir: 'For a records system (FHIR R4)',
    note: 'One row a night, one row a cramp. 0 is zero; an empty cell was not recorded. Open the files with semicolons only where the decimal sign is a comma, and the others only where it is a point. The patient sees what was opened or saved.',
  },

  errors: {
    network: {
      title: 'The server cannot be reached',
      text: 'Nothing is lost: the diary is kept on the server. Check the connection, then try again.',
    },
    server: {
      title: 'The server had a problem',
      text: 'Nothing is lost. Try again in a moment; if it goes on, tell the person who runs this server.',
    },
    device: {
      title: 'This browser could not do that',
      text: 'Nothing is lost: the diary is kept on the server. Load this page again. If it goes on, use another browser.',
    },
    missing: {
      title: 'No such patient shares a diary with you',
      text: 'The patient may have ended the sharing. Their diary is theirs; ask them for a new share if you need it.',
    },
    forbidden: {
      title: 'This account may not see patients',
      text: 'Sign in with a physician’s account.',
    },
  },
};

/** What every language of the clinic must say. */
export type ClinicTexts = typeof en;
export default en;
