import { addDays, weekdayName, type PlainDate } from '../../shared/nights';
import { useSteady } from '../components/steady';
import { hold } from '../hold/hold';
import { changed } from '../session/changes';
import { diary, session } from '../session/signals';
import type { NightRecord } from '../store/schema';
import { language, texts } from '../texts';
import { PendingMarks } from './pending';
import { NightSummary } from './summary';
import { Tonight } from './tonight';

// How far back nights that were not recorded are offered.
const missedDays = 4;

export interface RecordedProps {
  record: NightRecord;
  /** The last night that is over; null while the one shown goes on. */
  last: PlainDate | null;
  latest: PlainDate;
  onChange: () => void;
  onChoose: (date: PlainDate) => void;
}

/** A night that was told, and what comes next. */
export function RecordedNight({ onChange, ...rest }: RecordedProps) {
  return (
    <>
      <NightSummary record={rest.record} />
      <PendingMarks date={rest.record.night_date} onAdd={onChange} />
      <button type="button" class="secondary" onClick={onChange}>{texts.value.today.change}</button>
      <Next {...rest} />
    </>
  );
}

/** What comes after a night was told: the plan, and nights that are missing. */
function Next({ record, last, latest, onChoose }: Omit<RecordedProps, 'onChange'>) {
  const t = texts.value.today;
  const { nights, left } = diary.value;
  const { night_date: date, night } = record;
  const worn = Boolean(night.stockings_day || night.stockings_night);
  const over = last ?? addDays(date, -1);
  const first = [...nights.keys()].sort()[0] ?? over;
  const recent = Array.from({ length: missedDays }, (_, back) => addDays(over, -back));
  const missed = recent.filter((each) => each !== date && each > first && !nights.has(each) && !left.includes(each));
  // With a night that is left its row goes, and the next one comes to stand there.
  const steady = useSteady(missed.join());
  const leave = async (each: PlainDate) => steady() && session.value?.store.leaveNight(each).then(changed);
  const tonight = last !== null && latest > last && !nights.has(latest) && date === last;
  return (
    <section class="next">
      <p class="center">{hold.value && worn ? t.thanksWorn : t.thanks}</p>
      <Tonight />
      {missed.map((each) => (
        <div key={each} class="missed" role="group" aria-label={t.missing(weekdayName(each, language.value))}>
          <p>{t.missing(weekdayName(each, language.value))}</p>
          <button type="button" class="link" onClick={() => onChoose(each)}>{t.add}</button>
          <button type="button" class="link" onClick={() => void leave(each)}>{t.leave}</button>
        </div>
      ))}
      {tonight && <button type="button" class="quiet" onClick={() => onChoose(latest)}>{t.openTonight}</button>}
    </section>
  );
}
