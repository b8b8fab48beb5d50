import { useState } from 'preact/hooks';
import { Choice } from '../../components/choice';
import { PageTitle } from '../../components/page-title';
import { problemText } from '../../phone/problem';
import { unsent } from '../../session/signals';
import { dataTexts, language, meTexts } from '../../texts';
import { BackToMe } from '../back';
import { saveUnsent } from '../export';
import '../me.css';
import { PlaceRow } from '../row';
import './data.css';
import { download, type Download } from './download';

type Dialect = 'comma' | 'semicolon';

/** A person's data: take a copy, bring nights in, or end it all. */
export function Data() {
  const t = dataTexts.value;
  return (
    <>
      <BackToMe />
      <PageTitle text={t.title} />
      <Copy />
      <Tables />
      <ul class="plain card places">
        <PlaceRow to="/me/import" name={t.import.title} state={t.import.state} />
        <PlaceRow to="/me/delete" name={t.delete.title} state={t.delete.state} />
      </ul>
    </>
  );
}

/** Saving a file, and what is said of it meanwhile and afterwards. */
function useSaving() {
  const t = dataTexts.value.copy;
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<{ text: string; failed: boolean } | null>(null);
  const save = async (what: Download, dialect?: Dialect) => {
    setBusy(true);
    setSaid({ text: t.saving, failed: false });
    const done = () => ({ text: t.saved, failed: false });
    setSaid(await download(what, dialect).then(done, (error: unknown) => ({ text: problemText(error, t.offline), failed: true })));
    setBusy(false);
  };
  const status = <p role="status" class={said?.failed ? 'field-error' : 'notice'}>{said?.text}</p>;
  return { busy, status, save: (what: Download, dialect?: Dialect) => void save(what, dialect) };
}

function Copy() {
  const t = dataTexts.value.copy;
  const { busy, status, save } = useSaving();
  return (
    <section class="card">
      <h2>{t.title}</h2>
      <p>{t.text}</p>
      <Unsent />
      <button type="button" class="primary" disabled={busy} onClick={() => save('everything')}>{t.save}</button>
      {status}
    </section>
  );
}

/** What is on this phone only, with a way to save that too. */
function Unsent() {
  const rows = unsent.value;
  if (rows.length === 0) return null;
  return (
    <div class="notice">
      <p>{dataTexts.value.copy.unsent(rows.length)}</p>
      <button type="button" class="link" onClick={() => saveUnsent(rows)}>{meTexts.value.me.export}</button>
    </div>
  );
}

function Tables() {
  const t = dataTexts.value.copy;
  const { busy, status, save } = useSaving();
  const [dialect, setDialect] = useState<Dialect>(language.value === 'es' ? 'semicolon' : 'comma');
  return (
    <details class="card">
      <summary><h2 class="folded-title">{t.tables}</h2></summary>
      <p class="hint">{t.tablesHint}</p>
      <Choice
        legend={t.form}
        options={[['comma', t.commas], ['semicolon', t.semicolons]] as const}
        value={dialect}
        onChange={setDialect}
      />
      <div class="action-bar">
        <button type="button" class="secondary" disabled={busy} onClick={() => save('nights', dialect)}>{t.nights}</button>
        <button type="button" class="secondary" disabled={busy} onClick={() => save('cramps', dialect)}>{t.cramps}</button>
      </div>
      {status}
    </details>
  );
}

