import { useId } from 'preact/hooks';
import type { Night } from '../../shared/api/types';
import { Choices, YesNo } from '../components/choice';
import { NumberField, ScaleSelect } from '../components/fields';
import { texts } from '../texts';
import { adviceFor } from './advice';
import { NightAdvice } from './night-advice';

interface MoreProps {
  night: Night;
  update: (answers: Partial<Night>) => void;
  /** Whether the night was recorded before, so that what is missing was left out on purpose. */
  answered: boolean;
  onValidity: (field: string, valid: boolean) => void;
  /** After a night without cramps the urge to move is asked here, to keep the first screen short. */
  withUrge: boolean;
}

const symptoms = ['aching', 'heaviness', 'soreness', 'burning'] as const;
const problems = ['itch', 'discomfort', 'pain', 'tight', 'heat', 'donning', 'skin', 'numb', 'cold_or_color', 'swelling', 'breathless', 'other'] as const;
const contributors = ['caffeine', 'alcohol', 'nicotine', 'low_fluids', 'long_standing', 'long_sitting', 'exercise', 'walking', 'travel', 'illness', 'medicine_change', 'other'] as const;

/** A note, and folded away what only some nights need. */
export function More({ night, update, answered, onValidity, withUrge }: MoreProps) {
  const t = texts.value.form;
  return (
    <>
      {!withUrge && <Note night={night} update={update} />}
      <details class="card">
        <summary><h3>{t.moreTitle}</h3></summary>
        {withUrge && <Urge night={night} update={update} answered={answered} />}
        {withUrge && <Note night={night} update={update} />}
        <NumberField
          label={t.wearHours}
          value={night.day_wear_h}
          low={0}
          high={24}
          onChange={(day_wear_h) => update({ day_wear_h })}
          onValidity={onValidity}
        />
        <NumberField
          label={t.awake}
          value={night.awake_min}
          low={0}
          high={600}
          onChange={(awake_min) => update({ awake_min })}
          onValidity={onValidity}
        />
        <fieldset class="question">
          <legend class="question-text">{t.symptomsTitle}</legend>
          <p class="hint">{t.symptomsHint}</p>
          {symptoms.map((name) => (
            <ScaleSelect
              key={name}
              label={t.symptoms[name]}
              value={night.symptoms[name]}
              onChange={(value) => update({ symptoms: { ...night.symptoms, [name]: value } })}
            />
          ))}
        </fieldset>
        <Choices
          legend={t.problems}
          options={problems.map((name) => [name, t.problemNames[name]] as const)}
          values={night.problems}
          onChange={(values) => update({ problems: values })}
        />
        <NightAdvice advice={adviceFor({ cramps: [], problems: night.problems })} />
        <Choices
          legend={t.contributors}
          options={contributors.map((name) => [name, t.contributorNames[name]] as const)}
          values={night.contributors}
          onChange={(values) => update({ contributors: values })}
        />
      </details>
    </>
  );
}

function Note({ night, update }: Pick<MoreProps, 'night' | 'update'>) {
  const t = texts.value.form;
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{t.note}</label>
      <p class="hint" id={`${id}-hint`}>{t.noteHint}</p>
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
export function Urge({ night, update, answered }: Pick<MoreProps, 'night' | 'update' | 'answered'>) {
  const t = texts.value.form;
  return (
    <section class="card">
      <YesNo
        legend={t.urge}
        hint={t.urgeHint}
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
