import { useState } from 'preact/hooks';
import { useValidity } from '../components/use-validity';
import { emergencyNumber } from '../emergency';
import { ProfileFields } from '../me/profile-fields';
import { meTexts, startTexts, texts } from '../texts';
import { goOn, Step, StepLoading } from './step';
import { useAnswers } from './answers/use-answers';

/** Year of birth, country with its emergency number, and the usual number of cramps. */
export function ProfileStep() {
  const t = startTexts.value.profile;
  const form = useAnswers('profile');
  const [problem, setProblem] = useState<string | null>(null);
  const { invalid, onValidity } = useValidity();
  if (!form) return <StepLoading />;
  const save = async () => {
    if (invalid.size > 0) return setProblem(texts.value.form.fixFirst);
    const sent = await form.finish();
    if (typeof sent === 'object') return setProblem(startTexts.value.start.refused(sent.refused));
    goOn('profile');
  };
  const number = emergencyNumber(form.answers.country ?? null);
  return (
    <Step section="profile" title={startTexts.value.start.steps.profile} lead={t.lead} primary={t.save} onPrimary={save} problem={problem}>
      <ProfileFields
        known={form.answers}
        countryHint={number ? t.number(number) : meTexts.value.me.countryHint}
        usual={t.usual}
        usualHint={t.usualHint}
        onChange={form.change}
        onValidity={onValidity}
      />
    </Step>
  );
}
