import { computed } from '@preact/signals';
import { addDays, deviceZone, localMinute, type PlainDate } from '../../shared/nights';
import { now } from '../clock';
import { diary, me } from '../session/signals';

/** Where a person is between two days. */
export interface Evening {
  /** The night that is meant by "tonight", by the date of its evening. */
  tonight: PlainDate;
  /** Midnight has passed and their morning has not come: that night goes on. */
  goesOn: boolean;
  /** It would still go on, had the person not said that it is over. */
  calledOver: boolean;
}

const earlyMorning = 5 * 60;
const beforeReminder = 2 * 60;
const noon = 12 * 60;

/** The minute of the day at which a morning begins: two hours before the reminder, without one at five, at noon at the latest. */
export function morningOf(reminder: string | null): number {
  return reminder === null ? earlyMorning : Math.min(noon, Math.max(0, minuteOf(reminder) - beforeReminder));
}

/** Which night a person is in; `up` is the last one that they said is over. */
export function eveningOf(moment: Date, zone: string, reminder: string | null, up: PlainDate | null): Evening {
  const [date = '', time = ''] = localMinute(moment, zone).split('T');
  const before = addDays(date, -1);
  const morning = morningOf(reminder);
  const isEarly = minuteOf(time) < morning && !hadMorning(moment, zone, date, morning);
  const goesOn = isEarly && (up === null || up < before);
  return { tonight: goesOn ? before : date, goesOn, calledOver: isEarly && !goesOn };
}

/** Which night the person is in at this moment; plan, form and "Cramp now" all mean it. */
export const evening = computed<Evening>(() => eveningOf(now.value, deviceZone(), me.value?.reminder_morning ?? null, diary.value.up));

// Where clocks are set back over the beginning of the morning, it comes twice, and the first counts.
function hadMorning(moment: Date, zone: string, date: PlainDate, morning: number): boolean {
  const at = (minutesAgo: number) => localMinute(new Date(moment.getTime() - minutesAgo * 60_000), zone).split('T') as [PlainDate, string];
  const [, now] = at(0);
  const [day, hourAgo] = at(60);
  if (day !== date || minuteOf(now) - minuteOf(hourAgo) >= 60) return false;
  return Array.from({ length: 60 }, (_, ago) => at(ago + 1)).some(([day, time]) => day === date && minuteOf(time) >= morning);
}

function minuteOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return hours * 60 + minutes;
}
