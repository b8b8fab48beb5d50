import { useState } from 'preact/hooks';
import { bodyOf } from '../../../shared/api/client';
import type { AccessEntry } from '../../../shared/api/types';
import { weekdayJoined } from '../../../shared/nights';
import { localeOf } from '../../../shared/preferences';
import { problemText } from '../../phone/problem';
import { api } from '../../api';
import { language, sharingTexts, texts } from '../../texts';
import { byDay, type DayOfLooks, type Look } from './looks';

// Days shown before the person asks for more.
const recentDays = 7;

/** Which physician opened what, and when, day by day. */
export function AccessLog() {
  const t = sharingTexts.value;
  const [days, setDays] = useState<DayOfLooks[] | 'loading' | { problem: string }>('loading');
  const load = async () => {
    const answer = bodyOf(api.GET('/api/access-log'));
    setDays(await answer.then(({ entries }) => byDay(entries as AccessEntry[]), (error: unknown) => ({ problem: problemText(error, t.logOffline) })));
  };
  return (
    <details class="card" onToggle={(event) => event.currentTarget.open && void load()}>
      <summary><h2>{t.log}</h2></summary>
      {days === 'loading' && <p class="hint" aria-busy="true">{texts.value.loading}</p>}
      {typeof days === 'object' && 'problem' in days && <p>{days.problem}</p>}
      {Array.isArray(days) && (days.length === 0 ? <p>{t.logEmpty}</p> : <Days days={days} />)}
    </details>
  );
}

function Days({ days }: { days: DayOfLooks[] }) {
  const [all, setAll] = useState(false);
  const name = new Intl.DateTimeFormat(localeOf(language.value), { dateStyle: 'full' });
  return (
    <div class="looks">
      {(all ? days : days.slice(0, recentDays)).map(({ day, looks }) => (
        <section key={day.toDateString()}>
          <h3>{weekdayJoined(name.format(day), language.value)}</h3>
          <ul class="plain">{looks.map((look) => <LookLine key={`${look.who} ${look.what}`} look={look} />)}</ul>
        </section>
      ))}
      {!all && days.length > recentDays && <button type="button" class="secondary" onClick={() => setAll(true)}>{sharingTexts.value.logMore}</button>}
    </div>
  );
}

function LookLine({ look: { who, what, at } }: { look: Look }) {
  const t = sharingTexts.value;
  const locale = localeOf(language.value);
  const saved = (t.saved as Partial<Record<string, string>>)[what];
  const looked = (t.looked as Partial<Record<string, string>>)[what] ?? t.looked.other;
  const clock = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });
  const times = new Set(at.map((instant) => clock.format(instant)));
  return (
    <li>
      {saved ? t.logFile(who, saved) : t.logLine(who, looked)}
      <span class="hint">{t.logTimes(new Intl.ListFormat(locale).format(times))}</span>
    </li>
  );
}
