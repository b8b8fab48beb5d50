import { language, texts } from '../texts';
import { printPage } from './charts/print';

/** Paper and files for the visit: the report and all files at hand, single files one tap away. */
export function Downloads({ id }: { id: string }) {
  const { downloads: words, patient } = texts.value;
  const base = `/api/patients/${id}`;
  const inLanguage = `lang=${language.value}`;
  const files = [
    { name: words.nights, path: `${base}/nights.csv` },
    { name: words.cramps, path: `${base}/cramps.csv` },
    { name: words.nightsSemicolon, path: `${base}/nights.csv?dialect=semicolon` },
    { name: words.crampsSemicolon, path: `${base}/cramps.csv?dialect=semicolon` },
    { name: words.dictionary, path: '/api/datapackage.json' },
    { name: words.fhir, path: `${base}/fhir` },
  ];
  return (
    <section class="downloads" aria-label={words.title}>
      <p class="actions">
        <a class="button primary" href={`${base}/report?reader=physician&${inLanguage}`} target="_blank" rel="noreferrer">{words.report}</a>
        {/* In the patient's language, whatever the reader's. */}
        <a class="button" href={`${base}/report?reader=patient`} target="_blank" rel="noreferrer">{words.patientReport}</a>
        <a class="button" href={`${base}/visit.zip?${inLanguage}`} download>{words.all}</a>
        <button type="button" class="button" onClick={() => void printPage()}>{patient.print}</button>
      </p>
      <details>
        <summary>{words.single}</summary>
        <ul>{files.map(({ name, path }) => <li key={path}><a href={path} download>{name}</a></li>)}</ul>
        <p class="quiet small">{words.note}</p>
      </details>
    </section>
  );
}
