import { useId } from 'preact/hooks';
import type { Night } from '../../../shared/api/types';
import { symptoms } from '../../../shared/night-fields';
import { Choices, YesNo } from '../../components/choice';
import { NumberField, ScaleSelect } from '../../components/fields';
import { detailTexts, texts } from '../../texts';
import { adviceFor } from '../advice';
import type { NightForm } from '../form-state';
import { NightAdvice } from '../night-advice';
import { Withdrawn } from './withdrawn';

interface AnswerProps {
  night: Night;
  update: (answers: Partial<Night>) => void;
}

interface MoreProps {
  form: NightForm;
  onValidity: (field: string, valid: boolean) => void;
  /** After a night without cramps the urge to move is asked here, to keep the first screen short. */
  withUrge: boolean;
}

const problems = ['itch', 'discomfort', 'pain', 'tight', 'heat', 'donning', 'skin', 'numb', 'cold_or_color', 'swelling', 'breathless', 'other'] as const;
const contributors = ['caffeine', 'alcohol', 'nicotine', 'low_fluids', 'long_standing', 'long_sitting', 'exercise', 'walking', 'travel', 'illness', 'medicine_change', 'other'] as const;

/** A note, and folded away what only some nights need. */
export function More({ form, onValidity, withUrge }: MoreProps) {
  const t = texts.value.form;
  const d = detailTexts.value;
  const { night, update, answered } = form;
  return (
    <>
      {!withUrge && <Note night={night} update={update} />}
      <details class="card">
        <summary><h3>{d.moreTitle}</h3></summary>
        {withUrge && <Urge night={night} update={update} answered={answered} />}
        {withUrge && <Note night={night} update={update} />}
        <NumberField
          label={d.wearHours}
          value={night.day_wear_h}
          low={0}
          high={24}
          onChange={(day_wear_h) => update({ day_wear_h })}
          onValidity={onValidity}
        />
        <NumberField
          label={d.awake}
          value={night.awake_min}
          low={0}
          high={600}
          onChange={(awake_min) => update({ awake_min })}
          onValidity={onValidity}
        />
        <fieldset class="question">
          <legend class="question-text">{d.symptomsTitle}</legend>
          <p class="hint">{d.symptomsHint}</p>
          {symptoms.map((name) => (
            <ScaleSelect
              key={name}
              label={d.symptoms[name]}
              value={night.symptoms[name]}
              onChange={(value) => update({ symptoms: { ...night.symptoms, [name]: value } })}
            />
          ))}
        </fieldset>
        <Choices
          legend={d.problems}
          options={problems.map((name) => [name, t.problemNames[name]] as const)}
          values={night.problems}
          onChange={(values) => update({ problems: values })}
        />
        <NightAdvice advice={adviceFor({ cramps: [], problems: night.problems })} />
        <Withdrawn codes={form.withdrawn} mistaken={form.mistaken} onChange={form.callMistaken} />
        <Choices
          legend={d.contributors}
          options={contributors.map((name) => [name, d.contributorNames[name]] as const)}
          values={night.contributors}
          onChange={(values) => update({ contributors: values })}
        />
      </details>
    </>
  );
}

function Note({ night, update }: AnswerProps) {
  const d = detailTexts.value;
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{d.note}</label>
      <p class="hint" id={`${id}-hint`}>{d.noteHint}</p>
      <textarea
        id={id}
        rows={3}
        maxLength={2000}
        aria-describedby={`${id}-hint`}
        value={night.note ?? ''}
        onInput={(event) => update({ note: event.currentTarget.value || null })}
      />
    </div>
  );
}

/** The urge to move the legs, which is never a cramp. */
export function Urge({ night, update, answered }: AnswerProps & { answered: boolean }) {
  const t = texts.value.form;
  const d = detailTexts.value;
  return (
    <section class="card">
      <YesNo
        legend={d.urge}
        hint={d.urgeHint}
        yes={t.yes}
        no={t.no}
        unknown={t.unknown}
        answered={answered}
        value={night.rls_urge}
        onChange={(rls_urge) => update({ rls_urge })}
      />
    </section>
  );
}
