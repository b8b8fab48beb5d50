const en = {
  title: 'How do your nights go?',
  text: 'Write down your leg cramps in a few seconds each morning. Charley compares nights with and without compression stockings, and tells you honestly what it can see.',
  notDiagnosis: 'Charley does not make a diagnosis.',
  signUp: 'Start a diary',
  signIn: 'Sign in',
  haveAccount: 'I already have an account',
  noAccount: 'I am new here',
  name: 'Your name',
  nameHint: 'What your physician will see if you share your diary.',
  email: 'E-mail',
  password: 'Password',
  passwordHint: 'At least 10 characters. Three or four words in a row are easy to remember.',
  busy: 'One moment…',
  offline: 'You need a connection to sign in or to start a diary.',
  passkey: 'Use fingerprint, face or phone code',
  passkeyNotGiven: 'Nothing was unlocked. Try again, or use your password.',
  passkeyUnknown: 'This phone is not known here yet. Use your password.',
  wrong: 'E-mail and password do not match. Check both and try again.',
  needName: 'Enter your name.',
  needEmail: 'Enter your e-mail address, for example maria@example.org.',
  needPassword: 'Enter a password of 10 to 128 characters.',
  exists: 'The account could not be made. If you already have one, sign in instead.',
  physician: 'This account belongs to a physician.',
  toClinic: 'Open the clinic page',
  restored: 'Make a new account here. Then Charley asks if the nights on this phone are yours.',
  sharing: 'Sign in or start a diary first. Then you can share it with your physician.',
};

/** What every language must say before a diary is open. */
export type WelcomeTexts = typeof en;
export default en;
