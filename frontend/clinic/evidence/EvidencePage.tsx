import { useEffect } from 'preact/hooks';
import { bodyOf } from '../../shared/api/client';
import { api } from '../api';
import { Failed } from '../shell/Failed';
import { Heading } from '../shell/Heading';
import { resource } from '../load';
import { ROSTER_PATH } from '../routes';
import { loadEvidenceTexts, texts } from '../texts';

// The tables and their texts come with the figures: few visits need them.
const evidence = resource(async () => {
  const [{ Evidence }, found] = await Promise.all([import('./Evidence'), bodyOf(api.GET('/api/evidence')), loadEvidenceTexts()]);
  return { Evidence, found };
});

/** How often the comparison is wrong, measured on simulated patients; those of one family stand first. */
export function EvidencePage({ family }: { family: string | null }) {
  useEffect(() => void evidence.refresh(), []);
  const state = evidence.state.value;
  const { app, howOftenWrong, patient } = texts.value;
  return (
    <main id="content" class="page evidence" aria-busy={state.status === 'loading'}>
      <p class="back"><a href={ROSTER_PATH}>← {patient.back}</a></p>
      <Heading>{howOftenWrong}</Heading>
      {state.status === 'loading' && <p class="quiet" role="status">{app.loading}</p>}
      {state.status === 'failed' && <Failed failure={state.failure} retry={() => evidence.refresh()} />}
      {state.status === 'ready' && <state.value.Evidence evidence={state.value.found} family={family} />}
    </main>
  );
}
