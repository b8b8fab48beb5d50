import { texts } from '../texts';
import { printPage } from './print';

/** Files and paper for the visit. */
export function Downloads({ id }: { id: string }) {
  const { downloads, patient } = texts.value;
  const file = (name: 'nights' | 'cramps', dialect = '') => `/api/patients/${id}/${name}.csv${dialect}`;
  const semicolon = '?dialect=semicolon';
  return (
    <section class="downloads" aria-label={downloads.title}>
      <p class="actions">
        <a class="button" href={file('nights')} download>{downloads.nights}</a>
        <a class="button" href={file('cramps')} download>{downloads.cramps}</a>
        <button type="button" class="button" onClick={() => void printPage()}>{patient.print}</button>
      </p>
      <p class="quiet small">
        {downloads.note}{' '}
        {downloads.semicolon}{' '}
        <a href={file('nights', semicolon)} download>{downloads.nightsSemicolon}</a>,{' '}
        <a href={file('cramps', semicolon)} download>{downloads.crampsSemicolon}</a>
      </p>
    </section>
  );
}
