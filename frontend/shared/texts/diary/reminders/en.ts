const en = {
  title: 'Reminders',
  text: 'Charley can ask you in the morning how the night was. The message says nothing about your health, so others may see it.',

  morning: 'In the morning',
  morningHint: 'Charley stays quiet when the night is already recorded.',
  evening: 'In the evening',
  eveningHint: 'Only during a trial of stockings. It says that your plan is ready.',
  none: 'No reminder',
  other: 'Other time',
  time: { morning: 'Time in the morning', evening: 'Time in the evening' },

  phone: 'On this phone',
  on: 'Reminders are on for this phone.',
  turnOn: 'Turn on reminders',
  turnOnHint: 'Your phone will ask if Charley may send you notifications. Choose “Allow”.',
  turnOff: 'Turn off on this phone',
  noTime: 'Choose a time first.',
  dismissed: 'Reminders are still off. Tap again and choose “Allow” when your phone asks.',
  blocked: 'Your browser blocks messages from Charley.',
  blockedHow: [
    'Open the menu of your browser and its settings.',
    'Look for notifications, then for this site.',
    'Allow notifications, and come back here.',
  ],
  homeScreen: 'On an iPhone, reminders work once Charley is on your home screen.',
  homeScreenHow: [
    'Tap the share button, the square with the arrow.',
    'Tap “Add to Home Screen”.',
    'Open Charley from there and come back to this page.',
  ],
  unsupported: 'This browser cannot show reminders. Your calendar can remind you instead.',
  noServer: 'Your clinic has not set up messages. Your calendar can remind you instead.',
  failed: 'This phone could not turn on reminders. Try again in a minute.',
  offline: 'This needs a connection. Try again when you have one.',

  calendar: 'In your calendar',
  calendarText: 'You can also put the times into the calendar of your phone. It rings by itself, even without Charley.',
  calendarGet: 'Get the calendar file',
  calendarHow: 'On an iPhone, open the file and tap “Add All”. On an Android phone, open it with your calendar app. After you change a time here, get the file again.',
};

/** What every language must say of reminders. */
export type ReminderTexts = typeof en;
export default en;
