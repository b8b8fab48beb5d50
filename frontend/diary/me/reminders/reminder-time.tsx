import { useState } from 'preact/hooks';
import { localeOf } from '../../../shared/preferences';
import { Choice } from '../../components/choice';
import { language, reminderTexts } from '../../texts';

const usualTimes = { morning: ['07:00', '08:00', '09:00'], evening: ['19:00', '20:00', '21:00'] } as const;

interface ReminderTimeProps {
  kind: keyof typeof usualTimes;
  /** "HH:MM", or null for none. */
  value: string | null;
  onChange: (time: string | null) => void;
}

/** When to be reminded: a usual time with one tap, any other, or not at all. */
export function ReminderTime({ kind, value, onChange }: ReminderTimeProps) {
  const t = reminderTexts.value;
  const usual: readonly string[] = usualTimes[kind];
  const [asked, setAsked] = useState(false);
  const other = asked || (value !== null && !usual.includes(value));
  const choose = (option: string | null) => {
    setAsked(option === 'other');
    if (option !== 'other') onChange(option);
  };
  const options = [...usual.map((time) => [time, clockName(time)] as const), ['other', t.other], [null, t.none]] as const;
  return (
    <section class="card">
      <Choice legend={t[kind]} hint={t[`${kind}Hint`]} columns={3} options={options} value={other ? 'other' : value} onChange={choose} />
      {other && (
        <div class="field">
          <label for={`reminder-${kind}`}>{t.time[kind]}</label>
          <input
            id={`reminder-${kind}`}
            class="short"
            type="time"
            value={value ?? ''}
            onChange={(event) => event.currentTarget.value && onChange(event.currentTarget.value)}
          />
        </div>
      )}
    </section>
  );
}

/** A time of day, as "HH:MM", as the person writes it. */
export function clockName(time: string): string {
  const shown = new Intl.DateTimeFormat(localeOf(language.value), { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' });
  return shown.format(new Date(`2000-01-01T${time}:00Z`));
}
