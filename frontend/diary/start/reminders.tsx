import { Reminders } from '../me/reminders/reminders';
import { reminderTexts, startTexts } from '../texts';
import { me, session } from '../session/signals';
import { markStep } from './marks';
import { goOn, Step } from './step';

/** When and how to be reminded; each choice is kept as it is made. */
export function RemindersStep() {
  const { start, reminders: t } = startTexts.value;
  const next = async () => {
    if (session.value) await markStep(session.value.store, 'reminders', 'done');
    goOn('reminders');
  };
  const chosen = me.value?.reminder_morning ?? me.value?.reminder_evening;
  return (
    <Step section="reminders" title={t.title} lead={reminderTexts.value.text} primary={chosen ? start.goOnPlain : t.without} onPrimary={next}>
      <Reminders firstDay />
    </Step>
  );
}
