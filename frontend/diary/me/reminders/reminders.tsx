import { useEffect, useState } from 'preact/hooks';
import type { MeChange } from '../../../shared/api/types';
import { deviceZone, lastNight } from '../../../shared/nights';
import { PageTitle } from '../../components/page-title';
import { tellProfile } from '../../session/profile';
import { me, plan, session } from '../../session/signals';
import { reminderTexts } from '../../texts';
import { BackToMe } from '../back';
import { OnThisPhone } from './on-this-phone';
import { ReminderTime } from './reminder-time';

/** The page of reminders. */
export function RemindersPage() {
  const t = reminderTexts.value;
  return (
    <>
      <BackToMe />
      <PageTitle text={t.title} />
      <p class="lead">{t.text}</p>
      <Reminders />
    </>
  );
}

interface RemindersProps {
  /** Asks for the evening before there is a trial, and leaves the first place to the page's own action. */
  firstDay?: boolean;
}

/** When to be reminded, and by what: messages on this phone, or the calendar. */
export function Reminders({ firstDay = false }: RemindersProps) {
  const { morning, evening, tell } = useTimes();
  const trial = isTrialAhead();
  return (
    <>
      <ReminderTime kind="morning" value={morning} onChange={(time) => tell({ reminder_morning: time })} />
      {(firstDay || trial || evening) && <ReminderTime kind="evening" value={evening} onChange={(time) => tell({ reminder_evening: time })} />}
      <OnThisPhone chosen={(morning ?? evening) !== null} secondary={firstDay} />
      {(morning ?? (trial ? evening : null)) !== null && <CalendarFile />}
    </>
  );
}

/** The chosen times, also those the server has not been told yet. */
export function useTimes() {
  const [untold, setUntold] = useState<MeChange>({});
  useEffect(() => void session.value?.store.meta('profile').then((waiting) => setUntold({ ...waiting })), []);
  const shown = { ...me.value, ...untold };
  const tell = (change: MeChange) => {
    setUntold({ ...untold, ...change });
    void tellProfile(change);
  };
  return { morning: shown.reminder_morning ?? null, evening: shown.reminder_evening ?? null, tell };
}

function CalendarFile() {
  const t = reminderTexts.value;
  return (
    <section class="card">
      <h2>{t.calendar}</h2>
      <p>{t.calendarText}</p>
      <a class="secondary" href="/api/reminders.ics" download="reminders.ics">{t.calendarGet}</a>
      <p class="hint">{t.calendarHow}</p>
    </section>
  );
}

/** Whether a trial has nights to come, as far as this phone knows. */
function isTrialAhead(): boolean {
  const last = lastNight(new Date(), deviceZone());
  return plan.value.some(({ date, assigned }) => date > last && assigned !== null);
}
