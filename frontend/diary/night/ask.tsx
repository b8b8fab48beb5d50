import { signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { PlainDate } from '../../shared/nights';
import { NightMark } from '../components/marks';
import { closedForm } from '../components/state';
import { useSteady } from '../components/steady';
import { loadDetailTexts, texts } from '../texts';
import { newCramp } from './answers';
import type { NightDetails } from './form/form';
import { useNightForm, type NightForm } from './form-state';
import type { RecordedNight } from './recorded';

// The answers paint first; all that may be said beyond them is fetched while the person reads.
const Details = signal<typeof NightDetails | null>(null);
/** What shows a night once it is told; it comes with the details. */
export const Recorded = signal<typeof RecordedNight | null>(null);

interface AskProps {
  date: PlainDate;
  /** Called when the form has done its work, by saving or by discarding. */
  onDone: () => void;
  /** What stands beside the first question. */
  children?: ComponentChildren;
}

/** Asks about one night: the answer first, then its details with the one button that saves. */
export function AskNight({ date, onDone, children }: AskProps) {
  const form = useNightForm(date);
  useEffect(() => void loadDetails(), [form?.step]);
  useEffect(() => void (closedForm.value = null), []);
  const close = () => {
    closedForm.value = date;
    onDone();
  };
  if (form?.step === 'choose') return <><ChooseAnswer form={form} />{children}</>;
  return form && Details.value ? <Details.value form={form} onDone={close} /> : <div class="answers" aria-busy="true" />;
}

/** Fetches what a night's details need, and what shows it once it is told. */
export async function loadDetails(): Promise<void> {
  try {
    const [{ NightDetails }, { RecordedNight }] = await Promise.all([import('./form/form'), import('./recorded'), loadDetailTexts()]);
    Details.value = NightDetails;
    Recorded.value = RecordedNight;
  } catch {
    // The app is not on this phone yet as a whole: the rest comes with the connection.
    addEventListener('online', () => void loadDetails(), { once: true });
  }
}

/** The two answers of the morning, "No cramps" first and largest; after cramps were marked, those come first. */
function ChooseAnswer({ form }: { form: NightForm }) {
  const t = texts.value;
  const [sure, setSure] = useState(true);
  const steady = useSteady(sure);
  const { marked } = form;
  const count = marked.length;
  const some = () => form.go('details', { cramps: [form.night.cramps, marked].find(({ length }) => length > 0) ?? [newCramp()] });
  const none = () => steady() && (count > 0 && sure ? setSure(false) : form.go('details', { cramps: [] }));
  const answers = [
    <button key="none" type="button" class={count > 0 ? 'answer' : 'answer answer-none'} onClick={none}>
      {sure && <NightMark cramps={0} />}
      {sure ? t.today.none : t.marked.none}
    </button>,
    <button key="some" type="button" class={count > 0 ? 'answer answer-none' : 'answer'} onClick={some}>
      <NightMark cramps={count || 2} />
      {count > 0 ? t.count.cramps(count) : t.today.some}
    </button>,
  ];
  return (
    <>
      {count > 0 && <p class="center" role="status">{sure ? t.marked.told(count) : t.marked.ask(count)}</p>}
      <div class="answers">{count > 0 ? answers.reverse() : answers}</div>
    </>
  );
}
