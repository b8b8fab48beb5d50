import { EmergencyCall } from '../../emergency-call';
import { startTexts } from '../../texts';
import type { RedFlag } from '../answers/answers';
import { CheckRows } from '../rows';
import { partNames, redFlags, urgencies, urgencyOf } from './questions';
import { Step } from '../step';

interface RedFlagQuestionProps {
  flags: readonly RedFlag[];
  onChange: (flags: RedFlag[]) => void;
  onNext: () => void;
}

/** Whether something needs help before anything else is asked. */
export function RedFlagQuestion({ flags, onChange, onNext }: RedFlagQuestionProps) {
  const t = startTexts.value.safety;
  return (
    <Step
      section="safety"
      title={t.flagsTitle}
      lead={t.flagsHint}
      part={{ n: 1, of: partNames.length + 1 }}
      primary={flags.length === 0 ? t.none : t.some(flags.length)}
      onPrimary={onNext}
    >
      {urgencies.map((urgency) => (
        <section class="card" key={urgency}>
          <CheckRows
            legend={t.groups[urgency]}
            options={redFlags[urgency].map((flag) => [flag, t.flags[flag]] as const)}
            values={flags}
            onChange={onChange}
          />
        </section>
      ))}
    </Step>
  );
}

/** What to do about the red flags that were chosen, the most urgent first. */
export function RedFlagAdvice({ flags, onNext }: { flags: readonly RedFlag[]; onNext: () => void }) {
  const t = startTexts.value.safety;
  const chosen = (urgency: keyof typeof redFlags) => redFlags[urgency].filter((flag) => flags.includes(flag) && flag !== 'cramp_over_10_min');
  const urgency = urgencyOf(flags);
  return (
    <Step
      section="safety"
      title={urgency === 'soon' ? t.adviceSoonTitle : t.adviceTitle}
      part={{ n: 1, of: partNames.length + 1 }}
      beside={urgency === 'emergency' && <EmergencyCall />}
      primary={t.adviceRead}
      onPrimary={onNext}
    >
      {chosen('emergency').length > 0 && <EmergencyAdvice flags={chosen('emergency')} />}
      {chosen('same_day').length > 0 && <Advice title={t.adviceToday} text={t.adviceTodayText} flags={chosen('same_day')} />}
      {flags.includes('cramp_over_10_min') && <Advice title={t.adviceLong} text={t.adviceLongText} flags={[]} />}
      {chosen('soon').length > 0 && <Advice title={t.adviceSoon} text={t.adviceSoonText} flags={chosen('soon')} />}
    </Step>
  );
}

function EmergencyAdvice({ flags }: { flags: readonly RedFlag[] }) {
  const t = startTexts.value.safety;
  return (
    <section class="card red-flags-now">
      <h2>{t.adviceNow}</h2>
      <p>{t.adviceNowText}</p>
      <ul>{flags.map((flag) => <li key={flag}>{t.flags[flag]}</li>)}</ul>
      {flags.includes('bleeding_vein') && <p class="strong">{t.adviceBleeding}</p>}
    </section>
  );
}

function Advice({ title, text, flags }: { title: string; text: string; flags: readonly RedFlag[] }) {
  const t = startTexts.value.safety;
  return (
    <section class="card">
      <h2>{title}</h2>
      {flags.length > 0 && <ul>{flags.map((flag) => <li key={flag}>{t.flags[flag]}</li>)}</ul>}
      <p>{text}</p>
    </section>
  );
}
