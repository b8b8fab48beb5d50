import './cramp.css';
import { useState } from 'preact/hooks';
import { deviceZone, latestNight, nightName } from '../../shared/nights';
import { now } from '../clock';
import { PreviousIcon } from '../components/icons';
import { PageTitle } from '../components/page-title';
import { useSteady } from '../components/steady';
import { HelpButton, HelpLink } from '../help';
import { wearing } from '../hold/hold';
import { evening } from '../night/evening';
import { isRunning, newMark, stopMark } from '../night/marks';
import { NightName } from '../night/name';
import { whyOff } from '../night/stockings-off';
import { clockTime } from '../night/words';
import { changed } from '../session/changes';
import { diary, session } from '../session/signals';
import type { Mark } from '../store/schema';
import { crampTexts, language, texts } from '../texts';
import { elapsedText, useDarkBars, useSeconds, useWakeLock } from './awake';

// Right after the start a further tap does not end the cramp, not even when the page was opened anew.
const settleMs = 1_500;
const longMs = 10 * 60_000;

/** The night's own screen: one button, nothing else to answer. */
export function CrampNow() {
  const t = crampTexts.value;
  const { marks } = diary.value;
  const running = marks.find((mark) => isRunning(mark, new Date()));
  const night = latestNight(now.value, deviceZone());
  const kept = marks.filter((mark) => mark.stopped && mark.night_date === night);
  const [removed, setRemoved] = useState<Mark | null>(null);
  const { change, problem } = useMarks();
  useWakeLock(running !== undefined);
  useDarkBars();

  const last = kept.at(-1);
  const buttonSteady = useSteady(running !== undefined);
  // The way here stood where these now are.
  const moreSteady = useSteady(running ? 'mistake' : removed ? 'removed' : (last?.id ?? null), false);

  const press = () => {
    if (!buttonSteady()) return;
    setRemoved(null);
    if (!running) return change((all) => (all.some((mark) => isRunning(mark, new Date())) ? all : [...all, newMark(new Date(), deviceZone())]));
    const passed = Date.now() - running.started_at;
    if (passed < 0 || passed > settleMs) change((all) => all.map((mark) => (mark.id === running.id && !mark.stopped ? stopMark(mark, new Date()) : mark)));
  };
  const remove = (mark: Mark) => {
    if (!moreSteady()) return;
    setRemoved(mark);
    change((all) => all.filter(({ id }) => id !== mark.id));
  };
  const putBack = (mark: Mark) => {
    if (!moreSteady()) return;
    setRemoved(null);
    change((all) => [...all, mark]);
  };
  return (
    <div class="cramp-now">
      <header class="cramp-bar">
        <a class="back" href="/"><PreviousIcon />{t.back}</a>
        <HelpButton />
      </header>
      <PageTitle text={t.title}><span class="visually-hidden">{t.title}</span></PageTitle>
      <div class="cramp-head">
        <p class="cramp-night"><NightName date={night} /></p>
        <div class="cramp-state" role="status">
          {running && <p class="cramp-since">{t.since(clockTime(running.onset_local, language.value))}</p>}
          {!running && removed && <p>{t.removed}</p>}
          {!running && !removed && last && <><p class="cramp-kept">{t.kept}</p><p>{night === evening.value.tonight ? t.keptCount(kept.length) : t.keptOf(nightName(night, language.value), kept.length)}</p></>}
        </div>
      </div>
      <button type="button" class={running ? 'cramp-button cramp-button-running' : 'cramp-button'} onClick={press}>
        {running && <Elapsed since={running.started_at} />}
        {running ? t.stop : t.start}
      </button>
      <div class="cramp-more">
        {wearing.value === 'off' && <p class="cramp-off">{texts.value.plan.leaveOff}. {whyOff()}</p>}
        {problem && <p role="alert">{texts.value.form.notSaved}</p>}
        {running && <Advice since={running.started_at} />}
        {running && <button type="button" class="quiet" onClick={() => remove(running)}>{t.mistake}</button>}
        {!running && removed && <button type="button" class="quiet" onClick={() => putBack(removed)}>{t.putBack}</button>}
        {!running && !removed && last && <button type="button" class="quiet" onClick={() => remove(last)}>{t.removeLast}</button>}
      </div>
    </div>
  );
}

/** Changes the marks; the screen follows what is on disk, so it never says more than is kept. */
function useMarks() {
  const [problem, setProblem] = useState(false);
  const change = (next: (marks: readonly Mark[]) => readonly Mark[]) => {
    const done = session.value?.store.changeMarks(next).then(changed);
    void done?.then(() => setProblem(false), () => setProblem(true));
  };
  return { change, problem };
}

function Elapsed({ since }: { since: number }) {
  const passed = useSeconds() - since;
  return <span class="cramp-elapsed" role="timer">{elapsedText(passed)}</span>;
}

function Advice({ since }: { since: number }) {
  const t = crampTexts.value;
  if (useSeconds() - since < longMs) return <p>{t.ease}</p>;
  return <p role="alert">{t.long} <HelpLink /></p>;
}
