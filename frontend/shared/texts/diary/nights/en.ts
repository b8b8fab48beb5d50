const en = {
  nights: {
    title: 'Nights',
    calendar: 'Calendar',
    list: 'List',
    view: 'Show as',
    previous: 'Month before',
    next: 'Month after',
    recordedOf: (recorded: number, of: number) => `Nights recorded: ${recorded} of ${of}`,
    noneYet: 'No night is recorded yet. Tap a day to add one.',
    beforeFirst: 'Before your first recorded night',
    legend: 'What the marks mean',
    legendCramps: 'Cramps: the bigger the mark, the more cramps',
    legendNone: 'No cramps',
    legendGap: 'Not recorded',
    legendOn: 'Stockings worn',
    legendOff: 'Stockings not worn',
    legendHalves: 'The left half is the day, the right half is the night in bed.',
  },

  night: {
    change: 'Change',
    delete: 'Delete this night',
    deleteTitle: 'Delete this night?',
    deleteText: 'The night will count as not recorded. You can put it back from its earlier versions.',
    deleteYes: 'Delete',
    notYet: 'This night has not begun',
    notYetText: 'You can record it from noon on that day.',
    versions: 'Earlier versions',
    versionsOffline: 'The history is on the server. Open this again when you have a connection.',
    putBack: 'Put this night back',
    versionsNone: 'There is no earlier version.',
    actions: { recorded: 'Recorded', imported: 'Added from a file', corrected: 'Corrected', deleted: 'Deleted', refused: 'Not used: a newer entry was already there' },
    by: (who: string, when: string) => `${who}, ${when}`,
    you: 'You',
    late: 'Recorded more than a day later',
    before: 'Before',
    after: 'After',
    empty: 'nothing',
  },
};

/** What every language must say about recorded nights. */
export type NightsTexts = typeof en;
export default en;
