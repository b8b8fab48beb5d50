import { useId, useState } from 'preact/hooks';
import { localeOf } from '../../shared/preferences';
import { Choice } from '../components/choice';
import { language, startTexts } from '../texts';
import { goOn, Step, StepLoading } from './step';
import { useAnswers } from './use-answers';

const mornings = ['07:00', '08:00', '09:00'];
const evenings = ['19:00', '20:00', '21:00'];

/** When to be reminded in the morning and in the evening. */
export function RemindersStep() {
  const { reminders: t, start } = startTexts.value;
  const form = useAnswers('reminders');
  const [problem, setProblem] = useState<string | null>(null);
  if (!form) return <StepLoading />;
  const { reminder_morning = null, reminder_evening = null } = form.answers;
  const save = async () => {
    const sent = await form.finish();
    if (typeof sent === 'object') setProblem(start.refused(sent.refused));
    else goOn('reminders');
  };
  return (
    <Step section="reminders" title={t.title} lead={t.lead} primary={t.save} onPrimary={save} problem={problem}>
      <TimeQuestion legend={t.morning} hint={t.morningHint} usual={mornings} value={reminder_morning} onChange={(next) => form.change({ reminder_morning: next })} />
      <TimeQuestion legend={t.evening} hint={t.eveningHint} usual={evenings} value={reminder_evening} onChange={(next) => form.change({ reminder_evening: next })} />
    </Step>
  );
}

interface TimeQuestionProps {
  legend: string;
  hint: string;
  /** Times that one tap chooses. */
  usual: readonly string[];
  /** "HH:MM", or null for none. */
  value: string | null;
  onChange: (value: string | null) => void;
}

function TimeQuestion({ legend, hint, usual, value, onChange }: TimeQuestionProps) {
  const t = startTexts.value.reminders;
  const id = useId();
  const options = [...usual.map((time) => [time, spoken(time)] as const), [null, t.clear] as const];
  return (
    <section class="card">
      <Choice legend={legend} hint={hint} columns={3} options={options} value={value} onChange={onChange} />
      <div class="field">
        <label for={id}>{t.other}</label>
        <input id={id} class="short" type="time" value={value ?? ''} onInput={(event) => onChange(event.currentTarget.value || null)} />
      </div>
    </section>
  );
}

const spoken = (time: string) =>
  new Intl.DateTimeFormat(localeOf(language.value), { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' }).format(new Date(`2000-01-01T${time}Z`));
