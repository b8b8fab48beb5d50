import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { bodyOf } from '../../shared/api/client';
import { api } from '../api';
import { Chart } from '../patient/charts/Chart';
import type { Look } from '../patient/charts/drawing';
import type { PatientRow } from '../records';
import { navigate } from '../router';
import { patientPath } from '../routes';
import { texts } from '../texts';
import { withNames } from './names';

/** All comparisons in one picture, fetched once somebody opens it; the list below holds the same figures. */
export function OverviewChart({ patients }: { patients: readonly PatientRow[] }) {
  const isOpen = useSignal(false);
  const read = useMemo(
    () => async (look: Look) => withNames(await bodyOf(api.GET('/api/patients/charts/overview', { params: { query: look } })), patients),
    [patients],
  );
  return (
    <details class="overview" onToggle={(event) => (isOpen.value = event.currentTarget.open)}>
      <summary>{texts.value.charts.overview}</summary>
      {isOpen.value && <Chart chart="overview" read={read} pick={(id) => navigate(patientPath(id))} />}
    </details>
  );
}
