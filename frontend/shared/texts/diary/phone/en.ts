import { counter } from '../../plural';

const count = counter('en');

const en = {
  kept: (nights: number, unsent: number) =>
    `${count(nights, { one: 'night is', other: 'nights are' })} saved on this phone. ${unsent === 0 ? 'All of it was sent.' : `Not sent yet: ${unsent}.`}`,
  unread: 'Charley could not check what is saved on this phone.',
  refused: {
    title: 'Charley cannot keep anything here',
    text: 'This browser does not let Charley keep a diary on the phone. Nothing that you type here would be kept.',
    how: 'What you can do:',
    steps: [
      'Open Charley in a normal window, not in a private one.',
      'Open the settings of the browser. Let this site keep data.',
      'Make room on the phone if it is full.',
      'Then open Charley again.',
    ],
  },
};

/** What every language must say when the phone itself fails. */
export type PhoneTexts = typeof en;
export default en;
