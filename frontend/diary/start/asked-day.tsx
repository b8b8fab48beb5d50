import '../components/choice.css';
import { useId } from 'preact/hooks';
import { dayName, type PlainDate } from '../../shared/nights';
import { useSteady } from '../components/steady';
import { language, startTexts } from '../texts';

interface AskedDayProps {
  /** When a clinician agreed; null while nobody has been asked. */
  day: PlainDate | null;
  first: PlainDate;
  today: PlainDate;
  onChange: (day: PlainDate | null) => void;
}

/** "I have asked, and they agree", with the day; it can be taken back. */
export function AskedDay({ day, first, today, onChange }: AskedDayProps) {
  const { safety: t, start } = startTexts.value;
  const id = useId();
  const steady = useSteady(day !== null);
  const bad = day !== null && (day > today || day < first);
  const say = (date: PlainDate) => dayName(date, language.value);
  return (
    <>
      <button type="button" class="option asked" aria-pressed={day !== null} onClick={() => steady() && onChange(day === null ? today : null)}>{t.agreed}</button>
      {day !== null && (
        <div class="field">
          <label for={id}>{start.on}</label>
          <input
            id={id}
            class="short-date"
            type="date"
            min={first}
            max={today}
            value={day}
            aria-invalid={bad}
            aria-describedby={bad ? `${id}-error` : `${id}-day`}
            onInput={(event) => event.currentTarget.value && onChange(event.currentTarget.value)}
          />
          {/* The field has the order of the browser, which need not be that of the texts. */}
          {!bad && <p class="hint" id={`${id}-day`}>{say(day)}</p>}
          {bad && <p class="field-error" id={`${id}-error`}>{start.dateBounds(say(first), say(today))}</p>}
        </div>
      )}
    </>
  );
}
