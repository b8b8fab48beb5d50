import { useState } from 'preact/hooks';
import { addDays, deviceZone, lastNight, latestNight, weekdayName, type PlainDate } from '../../shared/nights';
import { now } from '../clock';
import { MoonIcon, NextIcon, PreviousIcon } from '../components/icons';
import { PageTitle } from '../components/page-title';
import { useSteady } from '../components/steady';
import { firstDay, openSections } from '../first-day';
import { AskNight } from '../night/ask';
import { isRunning } from '../night/marks';
import { NightName } from '../night/name';
import { PendingMarks } from '../night/pending';
import { NightSummary } from '../night/summary';
import { Tonight } from '../night/tonight';
import { changed, diary, session } from '../session';
import { language, texts } from '../texts';

// How far back the page offers nights that were not recorded.
const missedDays = 4;

/** The morning's one question. */
export function Today() {
  const zone = deviceZone();
  const last = lastNight(now.value, zone);
  const latest = latestNight(now.value, zone);
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
  return (
    <>
      <PageTitle text={date === last ? t.title : t.titleOther} />
      <NightChooser date={date} latest={latest} onChoose={choose} />
      {record && !changing ? (
        <>
          <NightSummary record={record} />
          <PendingMarks date={date} onAdd={() => setChanging(true)} />
          <button type="button" class="secondary" onClick={() => setChanging(true)}>{t.change}</button>
          <Next date={date} last={last} latest={latest} onChoose={choose} />
          <OpenSteps />
          <CrampLink />
        </>
      ) : (
        <AskNight key={date} date={date} onDone={done}>
          <Tonight />
          {diary.value.nights.size === 0 && <p class="hint center">{t.firstDay}</p>}
          <OpenSteps />
          <CrampLink />
        </AskNight>
      )}
    </>
  );
}

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

function Next({ date, last, latest, onChoose }: ChooserProps & { last: PlainDate }) {
  const t = texts.value.today;
  const { nights, left } = diary.value;
  const first = [...nights.keys()].sort()[0] ?? last;
  const recent = Array.from({ length: missedDays }, (_, back) => addDays(last, -back));
  const missed = recent.filter((each) => each !== date && each > first && !nights.has(each) && !left.includes(each));
  // With a night that is left its row goes, and the next one comes to stand there.
  const steady = useSteady(missed.join());
  const leave = async (each: PlainDate) => steady() && session.value?.store.leaveNight(each).then(changed);
  const tonight = latest > last && !nights.has(latest) && date === last;
  return (
    <section class="next">
      <p class="center">{t.thanks}</p>
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
  if (open === 0) return null;
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
