import { useId } from 'preact/hooks';
import type { Cramp } from '../../../shared/api/types';
import { localeOf } from '../../../shared/preferences';
import { dayName, onsetInNight, type PlainDate } from '../../../shared/nights';
import { Choice, Choices } from '../../components/choice';
import { NumberField } from '../../components/fields';
import { detailTexts, language, texts } from '../../texts';
import { adviceFor } from '../advice';
import { hasDetails } from '../answers';
import { NightAdvice } from '../night-advice';
import { crampInWords } from '../words';

interface CrampCardProps {
  cramp: Cramp;
  index: number;
  night: PlainDate;
  first: Cramp;
  alone: boolean;
  /** The timer ran so long that its duration needs the person's word. */
  doubtful: boolean;
  onSettle: () => void;
  onChange: (answers: Partial<Cramp>) => void;
  onRemove: () => void;
  onValidity: (field: string, valid: boolean) => void;
}

const quickMinutes = [1, 2, 5, 10];
const painScale = Array.from({ length: 11 }, (_, n) => [n, String(n)] as const);
const sites = ['calf', 'foot', 'thigh'] as const;
const sides = ['left', 'right', 'both'] as const;
const reliefs = ['stretch', 'massage', 'walk', 'stand', 'heat', 'none'] as const;

/** One cramp; every answer may be left out. */
export function CrampCard({ cramp, index, night, first, alone, doubtful, onChange, onSettle, onRemove, onValidity }: CrampCardProps) {
  const t = texts.value.form;
  const d = detailTexts.value;
  const copy = () => onChange({ ...first, id: cramp.id, onset_local: null });
  return (
    <details class="card cramp" open={index === 0 || doubtful || undefined}>
      <summary>
        <h3>{t.cramp(index + 1)}</h3>
        {hasDetails(cramp) && <span class="hint">{crampInWords(cramp, detailTexts.value, language.value)}</span>}
      </summary>
      {index > 0 && !hasDetails(cramp) && hasDetails(first) && <button type="button" class="quiet" onClick={copy}>{d.sameAsFirst}</button>}
      {doubtful ? <Doubt cramp={cramp} onChange={onChange} onSettle={onSettle} /> : <Duration cramp={cramp} onChange={onChange} onValidity={onValidity} />}
      <Choice
        legend={d.pain}
        hint={`${d.painLow}, ${d.painHigh}`}
        columns={6}
        options={painScale}
        value={cramp.pain_nrs}
        cleared={null}
        onChange={(pain_nrs) => onChange({ pain_nrs })}
      />
      <Choice
        legend={d.site}
        columns={3}
        options={sites.map((site) => [site, d.sites[site]] as const)}
        value={cramp.site}
        cleared={null}
        onChange={(site) => onChange({ site })}
      />
      <Choice
        legend={d.side}
        columns={3}
        options={sides.map((side) => [side, d.sides[side]] as const)}
        value={cramp.side}
        cleared={null}
        onChange={(side) => onChange({ side })}
      />
      <Choices
        legend={d.relief}
        options={reliefs.map((relief) => [relief, d.reliefs[relief]] as const)}
        values={cramp.relief}
        onChange={(relief) => onChange({ relief: withoutContradiction(relief) })}
      />
      <Onset cramp={cramp} night={night} onChange={onChange} />
      {!alone && <button type="button" class="quiet danger" onClick={onRemove}>{d.removeCramp}</button>}
    </details>
  );
}

type PartProps = Pick<CrampCardProps, 'cramp' | 'onChange'>;

function Duration({ cramp, onChange, onValidity }: PartProps & Pick<CrampCardProps, 'onValidity'>) {
  const d = detailTexts.value;
  return (
    <>
      <Choice
        legend={d.duration}
        options={quickMinutes.map((minutes) => [minutes, d.minutesShort(minutes)] as const)}
        value={cramp.duration_min}
        cleared={null}
        onChange={(duration_min) => onChange({ duration_min })}
      />
      <NumberField
        label={d.minutes}
        value={cramp.duration_min}
        low={0.1}
        high={120}
        onChange={(duration_min) => onChange({ duration_min })}
        onValidity={onValidity}
      />
      <NightAdvice advice={adviceFor({ cramps: [cramp], problems: [] })} />
    </>
  );
}

/** Asks about a timer that ran long: somebody may have fallen asleep over it. */
function Doubt({ cramp, onChange, onSettle }: PartProps & Pick<CrampCardProps, 'onSettle'>) {
  const d = detailTexts.value;
  const settle = (right: boolean) => {
    if (!right) onChange({ duration_min: null });
    onSettle();
  };
  return (
    <section class="question notice">
      <p class="question-text">{d.doubt(d.words.lasted(Math.round(cramp.duration_min ?? 0).toLocaleString(localeOf(language.value))))}</p>
      <div class="options">
        <button type="button" id={cramp.id} class="option" onClick={() => settle(true)}>{d.doubtYes}</button>
        <button type="button" class="option" onClick={() => settle(false)}>{d.doubtNo}</button>
      </div>
    </section>
  );
}

function Onset({ cramp, night, onChange }: PartProps & { night: PlainDate }) {
  const d = detailTexts.value;
  const id = useId();
  const set = (time: string) => onChange({ onset_local: time ? onsetInNight(night, time) : null });
  return (
    <div class="field">
      <label for={id}>{d.onset}</label>
      <input
        id={id}
        class="short"
        type="time"
        value={cramp.onset_local?.slice(11) ?? ''}
        onInput={(event) => set(event.currentTarget.value)}
      />
      {cramp.onset_local && <p class="hint">{d.onsetHint(dayName(cramp.onset_local.slice(0, 10), language.value))}</p>}
    </div>
  );
}

// "Nothing helped" chosen last stands alone; anything else chosen after it replaces it.
function withoutContradiction(relief: Cramp['relief']): Cramp['relief'] {
  return relief.at(-1) === 'none' ? ['none'] : relief.filter((each) => each !== 'none');
}
