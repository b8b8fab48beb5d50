import { useState } from 'preact/hooks';
import type { Night as NightAnswers } from '../../shared/api/types';
import { addDays, deviceZone, latestNight, weekdayName, type PlainDate } from '../../shared/nights';
import { now } from '../clock';
import { MoonIcon, NextIcon, PreviousIcon } from '../components/icons';
import { PageTitle } from '../components/page-title';
import { useSteady } from '../components/steady';
import { firstDay, openSections } from '../first-day';
import { hold } from '../hold/hold';
import { AskNight } from '../night/ask';
import { evening } from '../night/evening';
import { isRunning } from '../night/marks';
import { NightName } from '../night/name';
import { PendingMarks } from '../night/pending';
import { NightSummary } from '../night/summary';
import { Tonight } from '../night/tonight';
import { changed, diary, session } from '../session';
import { keptWishes } from '../start/kept-wishes';
import { language, texts } from '../texts';

// How far back the page offers nights that were not recorded.
const missedDays = 4;

/** The morning's one question. */
export function Today() {
  const { tonight, goesOn, calledOver } = evening.value;
  const last = goesOn ? tonight : addDays(tonight, -1);
  const latest = latestNight(now.value, deviceZone());
  const [chosen, setChosen] = useState<PlainDate | null>(null);
  const date = chosen && chosen <= latest ? chosen : last;
  const [changing, setChanging] = useState(false);
  const choose = (next: PlainDate) => {
    setChosen(next === last ? null : next);
    setChanging(false);
  };
  const done = () => {
    setChanging(false);
    scrollTo(0, 0);
  };
  const record = diary.value.nights.get(date);
  const t = texts.value.today;
  // A night that goes on is not asked about yet; the question stays one tap away.
  const asleep = goesOn && date === tonight && !record;
  return (
    <>
      <PageTitle text={asleep ? t.isOver : date === last ? t.title : t.titleOther} />
      <NightChooser date={date} latest={latest} onChoose={choose} />
      {asleep && <StillNight night={tonight} />}
      {asleep ? <CrampLink /> : record && !changing ? (
        <>
          <NightSummary record={record} />
          <PendingMarks date={date} onAdd={() => setChanging(true)} />
          <button type="button" class="secondary" onClick={() => setChanging(true)}>{t.change}</button>
          <Next date={date} last={goesOn ? null : last} latest={latest} onChoose={choose} worn={wore(record.night)} />
          <OpenSteps />
          <CrampLink />
        </>
      ) : (
        <AskNight key={date} date={date} onDone={done}>
          {calledOver && date === last && <button type="button" class="quiet" onClick={() => void callOver(null)}>{t.goesOn}</button>}
          <Tonight />
          {diary.value.nights.size === 0 && <p class="hint center">{t.firstDay}</p>}
          <OpenSteps />
          <CrampLink />
        </AskNight>
      )}
    </>
  );
}

/** The night is not over: the way to its question, and what holds until the morning. */
function StillNight({ night }: { night: PlainDate }) {
  const t = texts.value.today;
  return (
    <>
      <div class="answers">
        <button type="button" class="answer answer-none" onClick={() => void callOver(night)}>{t.up}</button>
      </div>
      <p class="hint center">{t.upHint}</p>
      <Tonight />
    </>
  );
}

/** Keeps that the person called a night over before its morning; null takes it back. */
async function callOver(night: PlainDate | null): Promise<void> {
  const store = session.value?.store;
  await (night === null ? store?.deleteMeta('up') : store?.putMeta('up', night));
  await changed();
}

const wore = ({ stockings_day, stockings_night }: NightAnswers) => Boolean(stockings_day || stockings_night);

interface ChooserProps {
  date: PlainDate;
  latest: PlainDate;
  onChoose: (date: PlainDate) => void;
}

function NightChooser({ date, latest, onChoose }: ChooserProps) {
  const t = texts.value.today;
  return (
    <div class="night-chooser" role="group" aria-label={t.night}>
      <button type="button" class="round" aria-label={t.earlier} onClick={() => onChoose(addDays(date, -1))}><PreviousIcon /></button>
      <p aria-live="polite"><NightName date={date} /></p>
      <button
        type="button"
        class="round"
        aria-label={t.later}
        disabled={date >= latest}
        onClick={() => onChoose(addDays(date, 1))}
      >
        <NextIcon />
      </button>
    </div>
  );
}

interface NextProps extends ChooserProps {
  /** The last night that is over; null while the one shown goes on. */
  last: PlainDate | null;
  /** Whether stockings were worn in the night shown. */
  worn: boolean;
}

function Next({ date, last, latest, onChoose, worn }: NextProps) {
  const t = texts.value.today;
  const { nights, left } = diary.value;
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

/** The way back to the first day while steps of it are open. */
function OpenSteps() {
  const t = texts.value.today;
  const open = firstDay.value ? openSections(firstDay.value).length : 0;
  const wishes = keptWishes();
  if (wishes || open === 0) return wishes;
  return <p class="hint center"><a href="/start">{t.firstSteps}</a>: {t.stepsOpen(open)}</p>;
}

/** The way to the screen for the night, always in the same place. */
function CrampLink() {
  const t = texts.value.today;
  const running = diary.value.marks.some((mark) => isRunning(mark, now.value));
  return (
    <div class="cramp-link pinned">
      <a class="secondary" href="/cramp"><MoonIcon />{running ? t.timerRuns : t.crampNow}</a>
    </div>
  );
}
