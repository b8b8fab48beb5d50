// A zone for a device that does not name its own. Loaded by such devices only.

const minuteMs = 60_000;

/** By how many minutes a device's clock is ahead of UTC at an instant. */
type Clock = (at: Date) => number;

const ofDevice: Clock = (at) => -at.getTimezoneOffset();

function ofZone(zone: string): Clock {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23',
  });
  return (at) => {
    const { year, month, day, hour, minute } = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    return (Date.UTC(year!, month! - 1, day, hour, minute) - at.getTime()) / minuteMs;
  };
}

/**
 * A zone whose clock shows what this device's does all year: the one that stands for its offset where that never changes,
 * else a named one that changes on the same days, or at least is the same in January and July; without any, UTC.
 */
export function zoneOfClock(now = new Date(), clock: Clock = ofDevice, names = zoneNames()): string {
  const year = now.getUTCFullYear();
  const days = Array.from({ length: 72 }, (_, at) => new Date(Date.UTC(year, 0, 1 + 5 * at, 12)));
  const halves = [new Date(Date.UTC(year, 0, 1, 12)), new Date(Date.UTC(year, 6, 1, 12))];
  const agrees = (zone: string, when: readonly Date[]) => {
    const there = ofZone(zone);
    return when.every((at) => there(at) === clock(at));
  };
  const ahead = clock(now);
  if (ahead % 60 === 0 && days.every((at) => clock(at) === ahead)) return fixed(ahead / 60);
  const alike = names.filter((zone) => agrees(zone, halves));
  return alike.find((zone) => agrees(zone, days)) ?? alike[0] ?? fixed(Math.round(ahead / 60));
}

// The names of these zones count westward, and end at 14 hours to the east and 12 to the west.
function fixed(hours: number): string {
  if (hours < -12 || hours > 14 || hours === 0) return 'UTC';
  return `Etc/GMT${hours > 0 ? '-' : '+'}${Math.abs(hours)}`;
}

function zoneNames(): string[] {
  return Intl.supportedValuesOf?.('timeZone') ?? [];
}
