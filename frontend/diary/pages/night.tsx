import { useState } from 'preact/hooks';
import { deviceZone, latestNight, nightName, type PlainDate } from '../../shared/nights';
import { now } from '../clock';
import { Dialog } from '../components/dialog';
import { PreviousIcon } from '../components/icons';
import { PageTitle } from '../components/page-title';
import type { StopSign } from '../../shared/stop-signs';
import { mistakesOf, signsStanding } from '../hold/hold';
import { AskNight } from '../night/ask';
import { NightName } from '../night/name';
import { PendingMarks } from '../night/pending';
import { NightSummary } from '../night/summary';
import { Withdrawn } from '../night/form/withdrawn';
import { changed } from '../session/changes';
import { diary, session } from '../session/signals';
import { language, nightsTexts, texts } from '../texts';
import { Versions } from './versions';

/** One night: read it, correct it, delete it, see what it was before. */
export function Night({ date }: { date: PlainDate }) {
  const t = nightsTexts.value.night;
  const [changing, setChanging] = useState(false);
  const [deleting, setDeleting] = useState(false);
  const record = diary.value.nights.get(date);
  // Recorded under a clock that was ahead, a night can lie in the future, and must still be read and deleted.
  const known = record !== undefined || date <= latestNight(now.value, deviceZone());
  return (
    <>
      <a class="back" href="/nights"><PreviousIcon />{nightsTexts.value.nights.title}</a>
      <PageTitle text={nightName(date, language.value)}><NightName date={date} /></PageTitle>
      {!known && <section class="card"><h2>{t.notYet}</h2><p>{t.notYetText}</p></section>}
      {known && (record && !changing ? (
        <>
          <NightSummary record={record} />
          <PendingMarks date={date} onAdd={() => setChanging(true)} />
          <button type="button" class="primary" onClick={() => setChanging(true)}>{t.change}</button>
          {/* A changed night has one version more. */}
          <Versions key={record.night.edited_at} date={date} />
          <button type="button" class="quiet danger" onClick={() => setDeleting(true)}>{t.delete}</button>
        </>
      ) : (
        <>
          {!record && <p class="not-recorded">{texts.value.words.notRecorded}</p>}
          <AskNight key={date} date={date} onDone={() => setChanging(false)} />
          {!record && <Versions key="none" date={date} />}
        </>
      ))}
      {deleting && <ConfirmDelete date={date} onClose={() => setDeleting(false)} />}
    </>
  );
}

function ConfirmDelete({ date, onClose }: { date: PlainDate; onClose: () => void }) {
  const t = nightsTexts.value.night;
  const signs = signsStanding(date);
  const [mistaken, setMistaken] = useState<StopSign[]>([]);
  const remove = async () => {
    await session.value?.store.remove(date, new Date().toISOString(), mistakesOf(date, mistaken));
    onClose();
    await changed();
    void session.value?.sync.run();
  };
  return (
    <Dialog title={t.deleteTitle} onClose={onClose}>
      <p><NightName date={date} /></p>
      <p>{t.deleteText}</p>
      <Withdrawn codes={signs} mistaken={mistaken} onChange={setMistaken} />
      <div class="action-bar two">
        <button type="button" class="secondary" onClick={onClose}>{texts.value.cancel}</button>
        <button type="button" class="primary danger" onClick={() => void remove()}>{t.deleteYes}</button>
      </div>
    </Dialog>
  );
}
