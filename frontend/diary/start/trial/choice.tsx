import { useState } from 'preact/hooks';
import type { DesignCheck } from '../../../shared/api/types';
import { localeOf } from '../../../shared/preferences';
import { me } from '../../session/signals';
import { language, startTexts } from '../../texts';
import type { PlanKind, TrialWish } from '../answers/answers';
import { RadioRows } from '../rows';
import { Step } from '../step';
import { useChecks } from './checks';
import { chances, longestPlan, nightsOf, planOf, quickNights, trialKinds, type TrialKind } from './plans';

interface PlanChoiceProps {
  wish: TrialWish;
  part: { n: number; of: number };
  change: (changes: Partial<TrialWish>) => void;
  onNext: () => void;
}

/** The ways to find out, each with what it can show for this person. */
export function PlanChoice({ wish, part, change, onNext }: PlanChoiceProps) {
  const { trial: t, start } = startTexts.value;
  const [problem, setProblem] = useState<string | null>(null);
  const rate = me.value?.usual_cramps_per_week ?? null;
  const { checks, unreachable } = useChecks(trialKinds, rate);
  const kinds: readonly PlanKind[] = [...trialKinds, 'none'];
  return (
    <Step section="trial" title={t.chooseTitle} lead={t.chooseHint} part={part} primary={start.next} onPrimary={() => (wish.plan ? onNext() : setProblem(start.chooseFirst))} problem={problem}>
      {unreachable && <p class="notice" role="status">{start.needsConnection}</p>}
      <div class="plan-cards">
        <RadioRows
          quiet
          legend={t.chooseTitle}
          options={kinds.map((kind) => ({
            value: kind,
            label: t.plans[kind],
            note: kind === 'staged' ? t.recommended : undefined,
            text: kind === 'none' ? <span>{t.noneText}</span> : <PlanWords kind={kind} rate={rate} check={checks[kind]} />,
          }))}
          value={wish.plan}
          onChange={(plan) => {
            setProblem(null);
            change({ plan });
          }}
        />
      </div>
      <Outlook check={checks.staged} rate={rate} />
    </Step>
  );
}

function PlanWords({ kind, rate, check }: { kind: TrialKind; rate: number | null; check: DesignCheck | undefined }) {
  const t = startTexts.value.trial;
  const plan = planOf(kind, rate);
  const length = { staged: t.stagedText(nightsOf(plan), check?.answers_after[0]), fixed: t.fixedText(nightsOf(plan)), quick: t.quickText(quickNights) };
  return (
    <>
      <span>{length[kind]}</span>
      <span class="plan-power" aria-busy={!check}>{check ? (kind === 'quick' ? t.grades[check.grade] : `${powerInWords(check)} ${t.grades[check.grade]}`) : t.checking}</span>
    </>
  );
}

function powerInWords(check: DesignCheck): string {
  const t = startTexts.value.trial;
  const of10 = chances(check);
  if (of10 === 'low') return t.powerLow;
  return of10 === 'high' ? t.powerHigh : t.power(of10);
}

/** What the figures rest on, and what being surer would take. */
function Outlook({ check, rate }: { check: DesignCheck | undefined; rate: number | null }) {
  const t = startTexts.value.trial;
  if (!check) return null;
  const assumed = rate ? t.assumed(rate.toLocaleString(localeOf(language.value))) : t.assumedTypical;
  const low = check.remarks.some(({ code }) => code === 'low_power');
  const rare = check.nights_needed > longestPlan;
  return (
    <p class="hint">
      {assumed} {low && !rare && check.nights_needed > (check.planned_nights ?? 0) && t.needed(check.nights_needed)} {rare && t.rare}
    </p>
  );
}
