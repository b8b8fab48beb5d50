import type { StopSign } from '../../../shared/stop-signs';
import { Choices } from '../../components/choice';
import { detailTexts, texts } from '../../texts';

interface WithdrawnProps {
  /** Stop signs that stand, and that the night will not tell of any more. */
  codes: readonly StopSign[];
  mistaken: readonly StopSign[];
  onChange: (codes: StopSign[]) => void;
}

/** A stop sign that is taken out of a night stands, unless it was never so. */
export function Withdrawn({ codes, mistaken, onChange }: WithdrawnProps) {
  const d = detailTexts.value;
  if (codes.length === 0) return null;
  return (
    <section class="notice" role="status">
      <p>{d.withdrawn}</p>
      <Choices legend={d.mistakes} options={codes.map((code) => [code, texts.value.form.problemNames[code]] as const)} values={mistaken} onChange={onChange} />
    </section>
  );
}
