import { localeOf } from '../../shared/preferences';
import { useState } from 'preact/hooks';
import { bodyOf } from '../../shared/api/client';
import type { AccessEntry } from '../../shared/api/types';
import { api } from '../session';
import { language, meTexts, texts } from '../texts';

type Loaded = { kind: 'loading' } | { kind: 'offline' } | { kind: 'entries'; entries: AccessEntry[] };

/** Which physician opened what, and when. */
export function AccessLog() {
  const t = meTexts.value.share;
  const [loaded, setLoaded] = useState<Loaded>({ kind: 'loading' });
  const load = async () => {
    const answer = bodyOf(api.GET('/api/access-log'));
    setLoaded(await answer.then(({ entries }): Loaded => ({ kind: 'entries', entries: entries as AccessEntry[] }), () => ({ kind: 'offline' })));
  };
  return (
    <details class="card" onToggle={(event) => event.currentTarget.open && void load()}>
      <summary><h2>{t.log}</h2></summary>
      {loaded.kind === 'loading' && <p class="hint">{texts.value.loading}</p>}
      {loaded.kind === 'offline' && <p>{texts.value.problem.offline}</p>}
      {loaded.kind === 'entries' && loaded.entries.length === 0 && <p>{t.logEmpty}</p>}
      {loaded.kind === 'entries' && <ul class="plain rows">{loaded.entries.map((entry, index) => <Entry key={index} entry={entry} />)}</ul>}
    </details>
  );
}

function Entry({ entry }: { entry: AccessEntry }) {
  const t = meTexts.value.share;
  const what: Partial<Record<string, string>> = t.what;
  const when = new Intl.DateTimeFormat(localeOf(language.value), { dateStyle: 'medium', timeStyle: 'short' }).format(new Date(entry.at));
  return (
    <li>
      <span>{what[entry.what] ?? entry.what}</span>
      <span class="hint">{t.logLine(entry.physician_name, when)}</span>
    </li>
  );
}
