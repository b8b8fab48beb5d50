import { useEffect, useState } from 'preact/hooks';
import { addDays, deviceZone, latestNight, type PlainDate } from '../../shared/nights';
import { now } from '../clock';
import { MoonIcon, NextIcon, PreviousIcon } from '../components/icons';
import { PageTitle } from '../components/page-title';
import { firstDay, openSections } from '../first-day';
import { AskNight, loadDetails, Recorded } from '../night/ask';
import { evening } from '../night/evening';
import { isRunning } from '../night/marks';
import { NightName } from '../night/name';
import type { RecordedProps } from '../night/recorded';
import { Tonight } from '../night/tonight';
import { changed } from '../session/changes';
import { diary, session } from '../session/signals';
import { keptWishes } from '../start/trial/kept-wishes';
import { texts } from '../texts';

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
          <Told record={record} last={goesOn ? null : last} latest={latest} onChange={() => setChanging(true)} onChoose={choose} />
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

/** A recorded night; what that needs is fetched while there is one. */
function Told(props: RecordedProps) {
  useEffect(() => void loadDetails(), []);
  return Recorded.value ? <Recorded.value {...props} /> : <div class="answers" aria-busy="true" />;
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
