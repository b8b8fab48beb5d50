import { useEffect, useState } from 'preact/hooks';
import { bodyOf } from '../../shared/api/client';
import type { Result as ResultData, Screening } from '../../shared/api/types';
import { PageTitle } from '../components/page-title';
import { hold, wearing } from '../hold/hold';
import { problemText } from '../phone/problem';
import { learnSafety } from '../safety';
import { api } from '../api';
import { diary, planned, session } from '../session/signals';
import { resultTexts, texts } from '../texts';
import { trialOf, type Reading } from './result/reading';
import { ResultView } from './result/view';

interface Shown {
  result: ResultData | null;
  asking: boolean;
  /** What kept the latest from coming. */
  error?: unknown;
}

/** What came out, in plain words. */
export function Result() {
  const [{ result, asking, error }, setShown] = useState<Shown>({ result: null, asking: true });
  useEffect(() => void showLatest(setShown), []);
  const t = resultTexts.value;
  const trial = result && trialOf(result, planned.value.trials);
  const recorded = Math.max(result?.nights_recorded ?? 0, diary.value.nights.size);
  const empty = recorded === 0 && !trial;
  return (
    <>
      <PageTitle text={t.title} />
      {!result && asking && <p class="hint" aria-busy="true">{texts.value.loading}</p>}
      {!result && !asking && <section class="card"><h2>{t.none}</h2><p>{problemText(error, t.noneOffline)}</p></section>}
      {result && error !== undefined && <p class="banner">{t.last(problemText(error, t.offline))}</p>}
      {result && empty && <NoNights />}
      {result && !empty && <ResultView result={result} against={spokenAgainst()} trial={trial} recorded={recorded} />}
    </>
  );
}

function spokenAgainst(): Reading['against'] {
  if (hold.value) return hold.value.night_date ? 'night' : 'screen';
  return wearing.value === 'ask' ? 'ask' : null;
}

function NoNights() {
  const t = resultTexts.value;
  return (
    <>
      <section class="card"><h2>{t.none}</h2><p>{wearing.value === 'off' ? t.noneHeld : t.noneText}</p></section>
      <div class="action-bar"><a class="primary" href="/">{t.record}</a></div>
    </>
  );
}

async function showLatest(show: (shown: Shown) => void): Promise<void> {
  const store = session.value?.store;
  const result = (await store?.meta('result')) ?? null;
  show({ result, asking: true });
  try {
    const [latest, screening] = await Promise.all([bodyOf(api.GET('/api/result')) as Promise<ResultData>, bodyOf(api.GET('/api/screening')) as Promise<Screening>]);
    if (store) await Promise.all([store.putMeta('result', latest), learnSafety(store, screening)]);
    show({ result: latest, asking: false });
  } catch (error) {
    // Whatever keeps the server from answering, the last known result stands, and the page says so.
    show({ result, asking: false, error });
  }
}
