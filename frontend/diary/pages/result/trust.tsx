import type { Result } from '../../../shared/api/types';
import { isFavorable } from '../../../shared/story';
import { resultTexts } from '../../texts';

/** How far to trust a verdict: the grade, how it was found, whether the plan was kept, and what else to know. */
export function Trust({ result }: { result: Result }) {
  const t = resultTexts.value;
  const { grade, method, wear } = result;
  if (!grade) return null;
  return (
    <section class="card">
      <h2>{t.gradeTitle}</h2>
      <p>{t.grades[grade]}</p>
      {method && <p>{t.methods[method]}</p>}
      {wear && <p>{t.worn(wear.on_kept, wear.on_nights)} {t.leftOff(wear.off_kept, wear.off_nights)}</p>}
      <p>{!isFavorable(result) && t.noStudy} {t.idea}</p>
      <Warnings warnings={result.warnings} />
    </section>
  );
}

function Warnings({ warnings }: { warnings: Result['warnings'] }) {
  const t = resultTexts.value;
  const known: Partial<Record<string, (value: number) => string>> = t.warnings;
  // That a trial finished early stands beside the verdict itself.
  const shown = warnings.filter(({ code }) => code !== 'finished_early');
  if (shown.length === 0) return null;
  return (
    <>
      <h3>{t.warningsTitle}</h3>
      <ul>{shown.map(({ code, text, value }) => <li key={code}>{known[code]?.(value ?? 0) ?? text}</li>)}</ul>
    </>
  );
}
