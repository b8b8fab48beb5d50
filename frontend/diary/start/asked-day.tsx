import { dayName, type PlainDate } from '../../shared/nights';
import { ToldDay } from '../components/told-day';
import { language, startTexts } from '../texts';

interface AskedDayProps {
  /** When a clinician agreed; null while nobody has been asked. */
  day: PlainDate | null;
  first: PlainDate;
  today: PlainDate;
  onChange: (day: PlainDate | null) => void;
}

/** "I have asked, and they agree", with the day. */
export function AskedDay({ day, first, today, onChange }: AskedDayProps) {
  const { safety, start } = startTexts.value;
  const say = (date: PlainDate) => dayName(date, language.value);
  return <ToldDay label={safety.agreed} question={start.on} day={day} first={first} last={today} chosen={say} bounds={start.dateBounds(say(first), say(today))} onChange={onChange} />;
}
