import { nightFullName, nightName, type PlainDate } from '../../shared/nights';
import { now } from '../clock';
import { language } from '../texts';

/** A night's name as people read it and as a screen reader says it. */
export function NightName({ date }: { date: PlainDate }) {
  const year = date.slice(0, 4) !== String(now.value.getFullYear());
  return (
    <>
      <span aria-hidden="true" class="night-name">{nightName(date, language.value, { year })}</span>
      <span class="visually-hidden">{nightFullName(date, language.value)}</span>
    </>
  );
}
