const en = {
  title: 'Sign in without a password',
  text: 'Your phone can open Charley with your fingerprint, your face or the code of the phone. Nothing of these leaves the phone.',
  unsupported: 'This browser cannot do it. You can go on with your password.',
  offline: 'This needs a connection. Try again when you have one.',
  ready: 'Set up so far',
  none: 'Nothing is set up yet.',
  lastUsed: (date: string) => `Last used ${date}`,
  phone: (number: number) => (number === 1 ? 'My phone' : `My phone ${number}`),
  name: 'Name for this phone',
  password: 'Your password, once more',
  passwordHint: 'So that nobody else can do this on your phone.',
  make: 'Set up on this phone',
  made: 'Done. Next time you can open Charley without the password.',
  remove: (name: string) => `Remove ${name}`,
  removeTitle: (name: string) => `Remove ${name}?`,
  removeText: 'You can still sign in with your password. The phone may still offer it until you delete it there.',
  removeYes: 'Remove',
  removed: 'Removed.',
  wrongPassword: 'This is not your password. Try again.',
  notGiven: 'Nothing was set up. Try again when you are ready.',
  nameTaken: 'There is one with this name already. Choose another name.',
};

/** What every language must say of signing in without a password. */
export type PasskeyTexts = typeof en;
export default en;
