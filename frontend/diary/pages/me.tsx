import { useEffect, useState } from 'preact/hooks';
import { dayName } from '../../shared/nights';
import { chosenScheme } from '../../shared/preferences';
import { PageTitle } from '../components/page-title';
import { firstDay, openSections } from '../first-day';
import { openHelp } from '../help';
import { Entries } from '../me/entries';
import { languages } from '../me/look';
import '../me/me.css';
import { clockName } from '../me/reminders/reminder-time';
import { useTimes } from '../me/reminders/reminders';
import { ActionRow, PlaceRow } from '../me/row';
import { fetchShares } from '../me/sharing/share-api';
import { SignOut } from '../me/sign-out';
import { phaseOf } from '../night/assignment';
import { evening } from '../night/evening';
import { answersInWords, movedFrom, promisedNow } from '../plan/answers';
import { connection, isLost, me, planned, session } from '../session/signals';
import { dataTexts, language, meTexts, planTexts, sharingTexts, texts } from '../texts';

/** The person, their data and who may see it: where each stands, and the way there. */
export function Me() {
  // Nothing is removed of a diary that this phone alone has. Who was signed out may have come for the way out; it stays where it was first shown.
  const [signedOut] = useState(connection.value === 'signed_out');
  return (
    <>
      <PageTitle text={meTexts.value.me.title} />
      <Entries />
      {signedOut && !isLost.value && <SignOut />}
      <Places />
      {!signedOut && !isLost.value && <SignOut />}
    </>
  );
}

function Places() {
  const t = meTexts.value.me;
  const spoken = languages.find(([code]) => code === language.value)?.[1];
  return (
    <ul class="plain card places">
      <PlaceRow to="/me/profile" name={t.profile} state={me.value?.display_name ?? t.profileEmpty} />
      <PlaceRow to="/start" name={t.firstDay} state={firstDayState()} />
      <PlaceRow to="/plan" name={planTexts.value.title} state={planState()} />
      <PlaceRow to="/me/sharing" name={sharingTexts.value.title} state={useSharingState()} />
      <PlaceRow to="/me/reminders" name={t.reminders} state={useRemindersState()} />
      <PlaceRow to="/me/passkeys" name={t.passkeys} state={t.passkeysState} />
      <PlaceRow to="/me/data" name={dataTexts.value.title} state={dataTexts.value.state} />
      <PlaceRow to="/me/look" name={t.look} state={`${t.schemes[chosenScheme()]} · ${spoken}`} />
      <ActionRow onClick={() => void openHelp()} name={texts.value.help.title} state={t.helpState} />
    </ul>
  );
}

function firstDayState(): string {
  const t = meTexts.value.me;
  if (!firstDay.value) return t.firstDayState;
  const open = openSections(firstDay.value).length;
  return open === 0 ? t.firstDayDone : texts.value.today.stepsOpen(open);
}

function planState(): string {
  const t = meTexts.value.me.planState;
  const { trials: [trial], finished } = planned.value;
  if (!trial) return t.none;
  const phase = phaseOf(trial, finished, evening.value.tonight);
  if (phase !== 'ahead' && phase !== 'running') return t[phase];
  const { answers } = planTexts.value;
  const starts = phase === 'ahead' ? [t.ahead(dayName(trial.start_date, language.value)), ...movedFrom(trial, answers)] : [];
  return [...starts, ...answersInWords(promisedNow(trial, planned.value), answers)].join(' ');
}

function useRemindersState(): string {
  const t = meTexts.value.me;
  const { morning, evening } = useTimes();
  const times = [morning, evening].filter((time) => time !== null).map(clockName);
  return times.length === 0 ? t.remindersOff : t.remindersAt(times);
}

function useSharingState(): string {
  const t = sharingTexts.value.state;
  const [open, setOpen] = useState<number | undefined>(undefined);
  useEffect(() => {
    const known = async () => setOpen(await session.value?.store.meta('shared_with'));
    // Signing out meanwhile closes the store, and there is nobody left to tell.
    void known().then(fetchShares).then(known).catch(() => undefined);
  }, []);
  if (open === undefined) return t.unknown;
  return open === 0 ? t.nobody : t.shared(open);
}
