import { useState } from 'preact/hooks';
import type { ComponentChildren } from 'preact';
import type { ImportPreview, PlannedNightOfFile } from '../../../shared/api/types';
import { NightMark } from '../../components/marks';
import { NightName } from '../../night/name';
import { dataTexts, texts } from '../../texts';
import { FileButton } from './file-button';
import type { Chosen } from './import-api';
import { columnName, refusalInWords } from './refusals';

interface PreviewProps {
  preview: ImportPreview;
  /** The diary changed after an earlier look at the same file. */
  changed: boolean;
  onAdd: () => Promise<void>;
  onChoose: (files: Chosen) => void;
}

/** What a file would do: counts first, then every night and line of each kind. */
export function Preview({ preview, changed, onAdd, onChoose }: PreviewProps) {
  const t = dataTexts.value.import;
  const [adding, setAdding] = useState(false);
  const { counts } = preview;
  const add = () => {
    setAdding(true);
    void onAdd();
  };
  return (
    <>
      {changed && <p class="notice" role="alert">{t.changed}</p>}
      <Counts preview={preview} />
      <Nights nights={preview.nights} outcome="add" />
      <Refused preview={preview} />
      <Nights nights={preview.nights} outcome="different" />
      <Nights nights={preview.nights} outcome="same" />
      <FileButton label={t.chooseOther} onChoose={onChoose} />
      {counts.add > 0 && (
        <div class="action-bar pinned">
          <button type="button" class="primary" disabled={adding} onClick={add}>{adding ? t.adding : t.add(counts.add)}</button>
        </div>
      )}
    </>
  );
}

function Counts({ preview: { counts, ignored, undivided } }: { preview: ImportPreview }) {
  const t = dataTexts.value.import;
  const others = (['refused', 'different', 'same', 'empty'] as const).filter((kind) => counts[kind] > 0);
  return (
    <section class="card" role="status">
      <h2>{t.found}</h2>
      <p class="summary-main">{counts.add > 0 ? t.adds(counts.add) : t.nothing}</p>
      {others.length > 0 && <ul>{others.map((kind) => <li key={kind}>{t[kind](counts[kind])}</li>)}</ul>}
      {undivided > 0 && <p class="hint">{t.undivided(undivided)}</p>}
      {ignored.length > 0 && <p class="hint">{t.ignored(ignored.join(', '))}</p>}
    </section>
  );
}

function Nights({ nights, outcome }: { nights: readonly PlannedNightOfFile[]; outcome: 'add' | 'same' | 'different' }) {
  const shown = nights.filter((night) => night.outcome === outcome);
  return (
    <Folded title={dataTexts.value.import.lists[outcome]} count={shown.length}>
      {() => <ul class="plain import-list import-nights">{shown.map((night) => <li key={night.night_date}><PlannedNight night={night} /></li>)}</ul>}
    </Folded>
  );
}

function PlannedNight({ night }: { night: PlannedNightOfFile }) {
  const t = dataTexts.value.import;
  const words = (cramps: number) => (cramps === 0 ? texts.value.words.none : texts.value.words.cramps(cramps));
  const differs = night.outcome === 'different';
  return (
    <>
      <NightMark cramps={night.cramps} />
      <span>
        <NightName date={night.night_date} />
        <span class="hint">{differs ? t.inFile(words(night.cramps)) : words(night.cramps)}</span>
        {differs && <span class="hint">{t.recorded(words(night.recorded_cramps ?? 0))}</span>}
        {differs && <span class="hint">{t.differs(night.differs.map(columnName).join(', '))}</span>}
      </span>
    </>
  );
}

function Refused({ preview: { refused } }: { preview: ImportPreview }) {
  const t = dataTexts.value.import;
  return (
    <Folded title={t.lists.refused} count={refused.length} open>
      {() => (
        <ul class="plain import-list">
          {refused.map((line, at) => (
            <li key={at}>
              <span class="strong">{line.table === 'nights' ? t.line(line.line) : t.lineOfCramps(line.line)}</span>
              <span>{refusalInWords(line)}</span>
            </li>
          ))}
        </ul>
      )}
    </Folded>
  );
}

interface FoldedProps {
  title: string;
  count: number;
  open?: boolean;
  /** Drawn when first unfolded: years of nights are many rows. */
  children: () => ComponentChildren;
}

function Folded({ title, count, open = false, children }: FoldedProps) {
  const [seen, setSeen] = useState(open);
  if (count === 0) return null;
  return (
    <details class="card" open={open} onToggle={() => setSeen(true)}>
      <summary><h2 class="folded-title">{title}: {count}</h2></summary>
      {seen && children()}
    </details>
  );
}
