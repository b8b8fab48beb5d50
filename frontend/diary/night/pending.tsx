import type { PlainDate } from '../../shared/nights';
import { now } from '../clock';
import { changed } from '../session/changes';
import { diary, session } from '../session/signals';
import { texts } from '../texts';
import { endedMarks } from './marks';

/** Cramps marked for a night that was recorded without them: add them or leave them out. */
export function PendingMarks({ date, onAdd }: { date: PlainDate; onAdd: () => void }) {
  const t = texts.value.marked;
  const pending = endedMarks(diary.value.marks, date, now.value);
  if (pending.length === 0) return null;
  const leaveOut = async () => {
    const ids = pending.map(({ id }) => id);
    await session.value?.store.changeMarks((marks) => marks.filter(({ id }) => !ids.includes(id)));
    await changed();
  };
  return (
    <section class="card">
      <p>{t.pending(pending.length)}</p>
      <div class="action-bar two">
        <button type="button" class="secondary" onClick={() => void leaveOut()}>{t.leaveOut}</button>
        <button type="button" class="secondary" onClick={onAdd}>{t.add}</button>
      </div>
    </section>
  );
}
