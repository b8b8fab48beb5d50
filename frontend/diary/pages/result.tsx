import { localeOf } from '../../shared/preferences';
import { useEffect, useState } from 'preact/hooks';
import { bodyOf } from '../../shared/api/client';
import type { Result as ResultData } from '../../shared/api/types';
import { PageTitle } from '../components/page-title';
import { api, diary, session } from '../session';
import { language, resultTexts, texts } from '../texts';
import { hasEstimate, IntervalPicture } from './interval-picture';

type Shown = { result: ResultData | null; fresh: boolean; asking: boolean };

/** What came out, in plain words, with all that belongs to reading it rightly. */
export function Result() {
  const [{ result, fresh, asking }, setShown] = useState<Shown>({ result: null, fresh: false, asking: true });
  useEffect(() => void showLatest(setShown), []);
  const t = resultTexts.value;
  return (
    <>
      <PageTitle text={t.title} />
      {!result && asking && <p class="hint" aria-busy="true">{texts.value.loading}</p>}
      {!result && !asking && <section class="card"><h2>{t.none}</h2><p>{fresh ? t.noneText : t.noneOffline}</p></section>}
      {result && !fresh && !asking && <p class="banner">{t.offline}</p>}
      {result && <Verdict result={result} />}
    </>
  );
}

async function showLatest(show: (shown: Shown) => void): Promise<void> {
  const store = session.value?.store;
  const known = (await store?.meta('result')) ?? null;
  show({ result: known, fresh: false, asking: true });
  try {
    const result = (await bodyOf(api.GET('/api/result'))) as ResultData;
    await store?.putMeta('result', result);
    show({ result, fresh: true, asking: false });
  } catch {
    // Whatever keeps the server from answering, the last known result stands, and the page says so.
    show({ result: known, fresh: false, asking: false });
  }
}

function Verdict({ result }: { result: ResultData }) {
  const t = resultTexts.value;
  const favorable = result.state === 'help' || result.state === 'fewer_unclear';
  const settled = result.state !== 'running' && result.state !== 'insufficient';
  return (
    <>
      <section class="card verdict">
        <h2>{t.headlines[result.state]}</h2>
        <p>{t.leads[result.state]}</p>
        <Needs needs={result.needs} />
        {hasEstimate(result) && (
          <>
            <IntervalPicture ratio={result.rate_ratio} low={result.ci_low} high={result.ci_high} />
            <p class="strong">{t.ratio(result.rate_ratio)}.</p>
            <p>{t.interval(result.ci_low, result.ci_high)} <span class="hint">{t.intervalNote}</span></p>
          </>
        )}
      </section>
      <Behind result={result} />
      {result.grade && settled && <section class="card"><h2>{t.gradeTitle}</h2><p>{t.grades[result.grade]}{result.method && <> {t.methods[result.method]}</>}</p><Warnings warnings={result.warnings} /></section>}
      {settled && <section class="card"><h2>{t.notTitle}</h2><p>{favorable ? t.not.favorable : t.not.other}</p></section>}
      <section class="card"><h2>{t.nextTitle}</h2><ul>{t.next[result.state].map((line) => <li key={line}>{line}</li>)}</ul></section>
    </>
  );
}

function Needs({ needs }: { needs: ResultData['needs'] }) {
  const known: Partial<Record<string, (have: number, want: number) => string>> = resultTexts.value.needs;
  if (needs.length === 0) return null;
  return <ul>{needs.map(({ code, text, have, want }) => <li key={code}>{known[code]?.(have ?? 0, want ?? 0) ?? text}</li>)}</ul>;
}

function Warnings({ warnings }: { warnings: ResultData['warnings'] }) {
  const t = resultTexts.value;
  const known: Partial<Record<string, (value: number) => string>> = t.warnings;
  if (warnings.length === 0) return null;
  return (
    <>
      <h3>{t.warningsTitle}</h3>
      <ul>{warnings.map(({ code, text, value }) => <li key={code}>{known[code]?.(value ?? 0) ?? text}</li>)}</ul>
    </>
  );
}

/** The counts behind the answer: every number has its nights. */
function Behind({ result }: { result: ResultData }) {
  const t = resultTexts.value;
  const perWeek = (rate: number | null) => (rate === null ? '–' : (rate * 7).toLocaleString(localeOf(language.value), { maximumFractionDigits: 1 }));
  const rates = result.rate_on !== null || result.rate_off !== null;
  return (
    <section class="card">
      <h2>{t.behind}</h2>
      <p>{t.recorded(Math.max(result.nights_recorded, diary.value.nights.size))}</p>
      <table class="counts">
        <thead><tr><td /><th scope="col">{t.tableWith}</th><th scope="col">{t.tableWithout}</th></tr></thead>
        <tbody>
          <tr><th scope="row">{t.tableNights}</th><td>{result.nights_on}</td><td>{result.nights_off}</td></tr>
          <tr><th scope="row">{t.tableCramps}</th><td>{result.cramps_on}</td><td>{result.cramps_off}</td></tr>
          {rates && <tr><th scope="row">{t.tableRate}</th><td>{perWeek(result.rate_on)}</td><td>{perWeek(result.rate_off)}</td></tr>}
        </tbody>
      </table>
    </section>
  );
}
