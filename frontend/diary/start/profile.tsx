import { useId, useState } from 'preact/hooks';
import { NumberField } from '../components/fields';
import { emergencyNumber } from '../emergency';
import { countryNames } from '../me/countries';
import { language, meTexts, startTexts, texts } from '../texts';
import { goOn, Step, StepLoading } from './step';
import { useAnswers } from './use-answers';
import { useValidity } from './use-validity';

const earliestBirth = 1900;
const mostCrampsPerWeek = 350;

/** Year of birth, country with its emergency number, and the usual number of cramps. */
export function ProfileStep() {
  const t = startTexts.value.profile;
  const own = meTexts.value.me;
  const form = useAnswers('profile');
  const [problem, setProblem] = useState<string | null>(null);
  const { valid, onValidity } = useValidity();
  const id = useId();
  if (!form) return <StepLoading />;
  const { birth_year = null, country = null, usual_cramps_per_week = null } = form.answers;
  const save = async () => {
    if (!valid) return setProblem(texts.value.form.fixFirst);
    const sent = await form.finish();
    if (typeof sent === 'object') return setProblem(startTexts.value.start.refused(sent.refused));
    goOn('profile');
  };
  const number = emergencyNumber(country);
  return (
    <Step section="profile" title={startTexts.value.start.steps.profile} lead={t.lead} primary={t.save} onPrimary={save} problem={problem}>
      <NumberField
        label={own.birthYear}
        whole
        value={birth_year}
        low={earliestBirth}
        high={new Date().getFullYear()}
        onChange={(next) => form.change({ birth_year: next })}
        onValidity={onValidity}
      />
      <div class="field">
        <label for={id}>{own.country}</label>
        <p class="hint" id={`${id}-hint`}>{number ? t.number(number) : own.countryHint}</p>
        <select
          id={id}
          aria-describedby={`${id}-hint`}
          value={country ?? ''}
          onChange={(event) => form.change({ country: event.currentTarget.value || null })}
        >
          <option value="">{own.noCountry}</option>
          {countryNames(language.value).map(([code, name]) => <option key={code} value={code}>{name}</option>)}
        </select>
      </div>
      <NumberField
        label={t.usual}
        hint={t.usualHint}
        value={usual_cramps_per_week}
        low={0}
        high={mostCrampsPerWeek}
        onChange={(next) => form.change({ usual_cramps_per_week: next })}
        onValidity={onValidity}
      />
    </Step>
  );
}
