import './nights.css';
import './calendar.css';
import { useState } from 'preact/hooks';
import { deviceZone, lastNight, latestNight, nightFullName, type PlainDate } from '../../shared/nights';
import { now } from '../clock';
import { Choice } from '../components/choice';
import { NextIcon, PreviousIcon } from '../components/icons';
import { NightMark, StockingsMark } from '../components/marks';
import { PageTitle } from '../components/page-title';
import { NightName } from '../night/name';
import { crampsInWords, stockingsInWords } from '../night/words';
import { diary } from '../session/signals';
import type { NightRecord } from '../store/schema';
import { language, nightsTexts, texts } from '../texts';
import { daysOfMonth, firstWeekday, monthName, moveMonth, sinceFirst, weeksOf, weekdayNames, type Month } from './month';

/** All nights, a month at a time, as a calendar or as a list. */
export function Nights() {
  const latest = latestNight(now.value, deviceZone());
  const [month, setMonth] = useState<Month>(latest.slice(0, 7));
  const [view, setView] = useState<'calendar' | 'list'>('calendar');
  const t = nightsTexts.value.nights;
  const days = daysOfMonth(month).filter((date) => date <= latest);
  return (
    <>
      <PageTitle text={t.title} />
      <div class="view">
        <Choice legend={t.view} quiet options={[['calendar', t.calendar], ['list', t.list]] as const} value={view} onChange={setView} />
      </div>
      <div class="month-head">
        <button type="button" class="round" aria-label={t.previous} onClick={() => setMonth(moveMonth(month, -1))}><PreviousIcon /></button>
        <h2 aria-live="polite">{monthName(month, language.value)}</h2>
        <button
          type="button"
          class="round"
          aria-label={t.next}
          disabled={month >= latest.slice(0, 7)}
          onClick={() => setMonth(moveMonth(month, 1))}
        >
          <NextIcon />
        </button>
      </div>
      <p class="hint center">{howMany(days)}</p>
      {view === 'calendar' ? <Calendar month={month} latest={latest} /> : <List days={days} />}
      {view === 'calendar' && <Legend />}
    </>
  );
}

function Calendar({ month, latest }: { month: Month; latest: PlainDate }) {
  const start = firstWeekday(language.value);
  return (
    <table class="calendar">
      <caption class="visually-hidden">{monthName(month, language.value)}</caption>
      <thead>
        <tr>{weekdayNames(language.value, start).map(({ short, long }) => <th key={long} scope="col" abbr={long}>{short}</th>)}</tr>
      </thead>
      <tbody>
        {weeksOf(month, start).map((week) => (
          <tr key={week.find(Boolean)}>
            {week.map((date, index) => <td key={date ?? index}>{date && <Day date={date} open={date <= latest} />}</td>)}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Day({ date, open }: { date: PlainDate; open: boolean }) {
  const record = diary.value.nights.get(date);
  const number = <span class="day-number">{Number(date.slice(8))}</span>;
  if (!open) return <span class="day day-future">{number}</span>;
  return (
    <a
      class="day"
      aria-current={date === lastNight(now.value, deviceZone()) ? 'date' : undefined}
      href={`/nights/${date}`}
      aria-label={`${nightFullName(date, language.value)}: ${inWords(record)}`}
    >
      {number}
      <NightMark cramps={record ? record.night.cramps.length : null} />
      {record ? <StockingsMark day={record.night.stockings_day} night={record.night.stockings_night} /> : <span class="mark-stockings" />}
    </a>
  );
}

function List({ days }: { days: readonly PlainDate[] }) {
  return (
    <ul class="plain night-list">
      {[...days].reverse().map((date) => {
        const record = diary.value.nights.get(date);
        return (
          <li key={date}>
            <a href={`/nights/${date}`}>
              <NightMark cramps={record ? record.night.cramps.length : null} />
              <span><NightName date={date} /><span class="hint">{inWords(record)}</span></span>
            </a>
          </li>
        );
      })}
    </ul>
  );
}

function Legend() {
  const t = nightsTexts.value.nights;
  return (
    <section class="legend" aria-label={t.legend}>
      <ul class="plain">
        <li><NightMark cramps={1} /><NightMark cramps={4} />{t.legendCramps}</li>
        <li><NightMark cramps={0} />{t.legendNone}</li>
        <li><NightMark cramps={null} />{t.legendGap}</li>
        <li><StockingsMark day={true} night={true} />{t.legendOn}</li>
        <li><StockingsMark day={false} night={false} />{t.legendOff}</li>
      </ul>
      <p class="hint">{t.legendHalves}</p>
    </section>
  );
}

/** How many nights of a month are recorded; what lies before the first night of a diary was not missed. */
function howMany(days: readonly PlainDate[]): string {
  const t = nightsTexts.value.nights;
  const { nights } = diary.value;
  if (nights.size === 0) return t.noneYet;
  const since = sinceFirst(days, [...nights.keys()]);
  return since.length === 0 ? t.beforeFirst : t.recordedOf(since.filter((date) => nights.has(date)).length, since.length);
}

function inWords(record: NightRecord | undefined): string {
  const t = texts.value;
  return record ? `${crampsInWords(record.night, t)}, ${stockingsInWords(record.night, t)}` : t.words.notRecorded;
}
