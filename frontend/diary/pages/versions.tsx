import './versions.css';
import { localeOf } from '../../shared/preferences';
import { useState } from 'preact/hooks';
import { ApiProblem, bodyOf } from '../../shared/api/client';
import type { Night, Revision } from '../../shared/api/types';
import { differing, type PlainDate } from '../../shared/nights';
import { nightInWords } from '../night/words';
import { problemText } from '../phone/problem';
import { api } from '../api';
import { changed } from '../session/changes';
import { diary, me, session } from '../session/signals';
import { detailTexts, language, nightsTexts, texts } from '../texts';

type Loaded = { kind: 'loading' } | { kind: 'problem'; text: string } | { kind: 'revisions'; revisions: Revision[] };

/** What a night was before: who changed it, when, from what to what. */
export function Versions({ date }: { date: PlainDate }) {
  const t = nightsTexts.value.night;
  const [loaded, setLoaded] = useState<Loaded>({ kind: 'loading' });
  const load = async () => setLoaded(await fetchRevisions(date));
  const revisions = loaded.kind === 'revisions' ? [...loaded.revisions].reverse() : [];
  const last = revisions.find(({ action }) => action !== 'refused');
  return (
    <details class="card" onToggle={(event) => event.currentTarget.open && void load()}>
      <summary><h2 class="versions-title">{t.versions}</h2></summary>
      {loaded.kind === 'loading' && <p class="hint">{texts.value.loading}</p>}
      {loaded.kind === 'problem' && <p>{loaded.text}</p>}
      {loaded.kind === 'revisions' && revisions.length === 0 && <p>{t.versionsNone}</p>}
      {loaded.kind === 'revisions' && (
        <ol class="plain versions">
          {revisions.map((revision) => (
            <li key={revision.at}>
              <Version revision={revision} />
              {revision === last && <PutBack night={last.new ?? last.old} />}
            </li>
          ))}
        </ol>
      )}
    </details>
  );
}

/** Records a night again as it was before it was deleted. */
function PutBack({ night }: { night: Night | null }) {
  const t = nightsTexts.value.night;
  const [problem, setProblem] = useState<string | null>(null);
  if (!night || diary.value.nights.has(night.night_date)) return null;
  const putBack = async () => {
    await session.value?.store.record({ ...night, edited_at: new Date().toISOString() }, null);
    scrollTo(0, 0);
    await changed();
    void session.value?.sync.run();
  };
  return (
    <>
      <p role="alert" class="field-error">{problem}</p>
      <button type="button" class="secondary" onClick={() => void putBack().catch(() => setProblem(texts.value.form.notSaved))}>{t.putBack}</button>
    </>
  );
}

async function fetchRevisions(date: PlainDate): Promise<Loaded> {
  try {
    const { revisions } = await bodyOf(api.GET('/api/nights/{night_date}/history', { params: { path: { night_date: date } } }));
    return { kind: 'revisions', revisions: revisions as Revision[] };
  } catch (error) {
    if (error instanceof ApiProblem && error.status === 404) return { kind: 'revisions', revisions: [] };
    return { kind: 'problem', text: problemText(error, nightsTexts.value.night.versionsOffline) };
  }
}

function Version({ revision }: { revision: Revision }) {
  const t = nightsTexts.value.night;
  const when = new Intl.DateTimeFormat(localeOf(language.value), { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(revision.at));
  const who = revision.actor === null || revision.actor.id === me.value?.id ? t.you : revision.actor.display_name;
  return (
    <>
      <p class="strong">{t.actions[revision.action]}</p>
      <p class="hint">{t.by(who, when)}{revision.late && ` · ${t.late}`}</p>
      <Change old={revision.old} new={revision.new} />
    </>
  );
}

/** Only the lines that differ: a correction is rarely about the whole night. */
function Change({ old, new: next }: { old: Night | null; new: Night | null }) {
  const t = nightsTexts.value.night;
  const { gone, come } = differing(linesOf(old), linesOf(next));
  if (!old) return <div class="change"><Lines lines={come} /></div>;
  return (
    <dl class="change">
      <dt>{t.before}</dt>
      <dd><Lines lines={gone} /></dd>
      <dt>{t.after}</dt>
      <dd><Lines lines={come} /></dd>
    </dl>
  );
}

function linesOf(night: Night | null): string[] {
  return night ? nightInWords(night, texts.value, detailTexts.value, language.value) : [];
}

function Lines({ lines }: { lines: readonly string[] }) {
  const shown = lines.length > 0 ? lines : [nightsTexts.value.night.empty];
  return <ul class="plain">{shown.map((line) => <li key={line}>{line}</li>)}</ul>;
}
