import { useState } from 'preact/hooks';
import type { ImportPreview } from '../../../shared/api/types';
import { PreviousIcon } from '../../components/icons';
import { PageTitle } from '../../components/page-title';
import { dataTexts } from '../../texts';
import { bringIn, importProblem, isChanged, previewOf, type Chosen } from './import-api';
import { FileButton } from './file-button';
import { Preview } from './preview';
import './data.css';

type Step =
  | { kind: 'choose'; problem: string | null }
  | { kind: 'reading' }
  | { kind: 'preview'; files: Chosen; preview: ImportPreview; changed: boolean }
  | { kind: 'done'; added: number };

/** Bringing nights in: a file, what it holds, and only then the adding. */
export function Import() {
  const t = dataTexts.value;
  const [step, setStep] = useState<Step>({ kind: 'choose', problem: null });
  const read = async (files: Chosen, changed = false) => {
    setStep({ kind: 'reading' });
    setStep(await previewOf(files).then((preview): Step => ({ kind: 'preview', files, preview, changed }), refused));
    scrollTo(0, 0);
  };
  const add = async (files: Chosen, preview: ImportPreview) => {
    try {
      setStep({ kind: 'done', added: await bringIn(files, preview) });
    } catch (error) {
      if (isChanged(error)) return read(files, true);
      setStep(refused(error));
    }
    scrollTo(0, 0);
  };
  return (
    <>
      <a class="back" href="/me/data"><PreviousIcon />{t.title}</a>
      <PageTitle text={step.kind === 'done' ? t.import.done(step.added) : t.import.title} />
      {step.kind === 'choose' && <Choose problem={step.problem} onChoose={(files) => void read(files)} />}
      {step.kind === 'reading' && <Reading />}
      {step.kind === 'preview' && (
        <Preview
          preview={step.preview}
          changed={step.changed}
          onAdd={() => add(step.files, step.preview)}
          onChoose={(files) => void read(files)}
        />
      )}
      {step.kind === 'done' && <Done />}
    </>
  );
}

/** In the shape of what will come. */
function Reading() {
  const t = dataTexts.value.import;
  return (
    <section class="card" role="status" aria-busy="true">
      <h2>{t.found}</h2>
      <p class="summary-main">{t.reading}</p>
      <p>{t.readingText}</p>
    </section>
  );
}

const refused = (error: unknown): Step => ({ kind: 'choose', problem: importProblem(error) });

function Choose({ problem, onChoose }: { problem: string | null; onChoose: (files: Chosen) => void }) {
  const t = dataTexts.value.import;
  return (
    <>
      <p class="lead">{t.text}</p>
      <p>{t.kept}</p>
      <p role="alert" class="field-error">{problem}</p>
      <details class="card">
        <summary><h2>{t.needs}</h2></summary>
        <p>{t.needsText}</p>
        <ul>{t.needsColumns.map((line) => <li key={line}>{line}</li>)}</ul>
        <p>{t.needsMore}</p>
      </details>
      <div class="action-bar pinned"><FileButton label={problem ? t.chooseOther : t.choose} primary onChoose={onChoose} /></div>
    </>
  );
}

function Done() {
  const t = dataTexts.value.import;
  return (
    <>
      <p role="status">{t.doneText}</p>
      <div class="action-bar pinned"><a class="primary" href="/nights">{t.see}</a></div>
    </>
  );
}
