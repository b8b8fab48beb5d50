import { useEffect, useMemo } from 'preact/hooks';
import { Failed } from '../shell/Failed';
import { resource } from '../load';
import { ROSTER_PATH } from '../routes';
import { loadPatientTexts, texts } from '../texts';
import { readFile } from './file';

/** One patient. Charts, tables and their texts come with the figures: the list opens without them. */
export function PatientPage({ id }: { id: string }) {
  const page = useMemo(() => resource(() => readPage(id)), [id]);
  useEffect(() => void page.refresh(), [page]);
  const state = page.state.value;
  const { app, patient } = texts.value;
  return (
    <main id="content" class="page patient" aria-busy={state.status === 'loading'}>
      <p class="back"><a href={ROSTER_PATH}>← {patient.back}</a></p>
      {state.status === 'loading' && <Loading label={app.loading} />}
      {state.status === 'failed' && <Failed failure={state.failure} retry={() => page.refresh()} />}
      {state.status === 'ready' && <state.value.Contents file={state.value.file} />}
    </main>
  );
}

async function readPage(id: string) {
  const [{ Contents }, file] = await Promise.all([import('./Contents'), readFile(id), loadPatientTexts()]);
  return { Contents, file };
}

function Loading({ label }: { label: string }) {
  return (
    <>
      <p class="visually-hidden" role="status">{label}</p>
      <div aria-hidden="true" class="patient-loading">
        <span class="placeholder title" />
        <span class="placeholder" />
        <span class="placeholder block" />
        <span class="placeholder block" />
      </div>
    </>
  );
}
