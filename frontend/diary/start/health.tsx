import { useId, useState } from 'preact/hooks';
import type { HealthHistory } from '../../shared/api/types';
import { Choice, YesNo } from '../components/choice';
import { startTexts, texts } from '../texts';
import { CheckRows } from './rows';
import { goOn, Step, StepLoading } from './step';
import { useAnswers, type StepAnswers } from './answers/use-answers';
import { usePart } from './use-part';

const parts = ['signs', 'symptoms', 'kind', 'causes', 'risks', 'medicines', 'rest'] as const;
type Part = (typeof parts)[number];

const legs = ['none', 'left', 'right', 'both'] as const;
const longestMedicinesNote = 500;
const longestNote = 2000;

/** The keys of a group of texts, in the order in which they are written. */
const keysOf = <Key extends string>(names: Record<Key, unknown>) => Object.keys(names) as Key[];

/** Signs, symptoms, causes and medicines: some calm lists, all of them optional. */
export function HealthStep() {
  const form = useAnswers('health');
  return form ? <HealthParts form={form} /> : <StepLoading />;
}

function HealthParts({ form }: { form: StepAnswers<'health'> }) {
  const { health: t, start } = startTexts.value;
  const [part, go] = usePart<Part>(parts, 'signs');
  const [problem, setProblem] = useState<string | null>(null);
  const index = parts.indexOf(part);
  const next = parts[index + 1];
  const save = async () => {
    const sent = await form.finish();
    if (typeof sent === 'object') setProblem(start.refused(sent.refused));
    else goOn('health');
  };
  return (
    <Step
      key={part}
      section="health"
      title={t.parts[part]}
      lead={hints(part)}
      part={{ n: index + 1, of: parts.length }}
      primary={next ? start.next : t.save}
      onPrimary={() => (next ? go(next) : save())}
      problem={problem}
    >
      <PartQuestions part={part} health={form.answers} change={form.change} />
    </Step>
  );
}

function hints(part: Part): string {
  const { health: t, start } = startTexts.value;
  const own: Partial<Record<Part, string>> = { symptoms: t.symptomsHint, causes: t.causesHint, risks: t.risksHint, medicines: t.medicinesHint };
  return own[part] ?? start.leaveOut;
}

interface QuestionsProps {
  health: HealthHistory;
  change: (answers: Partial<HealthHistory>) => void;
}

function PartQuestions({ part, health, change }: QuestionsProps & { part: Part }) {
  const t = startTexts.value.health;
  const list = <T extends string>(names: Record<T, string>, values: readonly T[], onChange: (values: T[]) => void) => (
    <section class="card">
      <CheckRows quiet legend={t.parts[part]} options={keysOf(names).map((key) => [key, names[key]] as const)} values={values} onChange={onChange} />
    </section>
  );
  if (part === 'signs') return <Signs health={health} change={change} />;
  if (part === 'symptoms') return list(t.symptoms, health.symptoms_by_day, (symptoms_by_day) => change({ symptoms_by_day }));
  if (part === 'kind') return <CrampOrUrge health={health} change={change} />;
  if (part === 'causes') return list(t.causes, health.causes, (causes) => change({ causes }));
  if (part === 'risks') return list(t.risks, health.vein_risks, (vein_risks) => change({ vein_risks }));
  if (part === 'rest') return <Rest health={health} change={change} />;
  return (
    <>
      {list(t.medicines, health.medicines, (medicines) => change({ medicines }))}
      <LongText label={t.medicinesNote} longest={longestMedicinesNote} value={health.medicines_note} onChange={(medicines_note) => change({ medicines_note })} />
      <p class="notice">{t.medicinesStop}</p>
    </>
  );
}

function Signs({ health, change }: QuestionsProps) {
  const t = startTexts.value.health;
  return keysOf(t.signs).map((sign) => (
    <section class="card" key={sign}>
      <Choice
        legend={t.signs[sign]}
        columns={3}
        options={legs.map((leg) => [leg, t.legs[leg]] as const)}
        value={health.signs[sign]}
        cleared={null}
        onChange={(leg) => change({ signs: { ...health.signs, [sign]: leg } })}
      />
    </section>
  ));
}

function CrampOrUrge({ health, change }: QuestionsProps) {
  const t = startTexts.value.health;
  const words = texts.value.form;
  return keysOf(t.kind).map((item) => (
    <section class="card" key={item}>
      <YesNo
        legend={t.kind[item]}
        yes={words.yes}
        no={words.no}
        unknown={words.unknown}
        answered={false}
        value={health.cramp_or_urge[item]}
        onChange={(answer) => change({ cramp_or_urge: { ...health.cramp_or_urge, [item]: answer } })}
      />
    </section>
  ));
}

function Rest({ health, change }: QuestionsProps) {
  const t = startTexts.value.health;
  return (
    <>
      <section class="card">
        <Choice
          legend={t.pregnancy}
          columns={3}
          options={keysOf(t.pregnancies).map((key) => [key, t.pregnancies[key]] as const)}
          value={health.pregnancy}
          cleared={null}
          onChange={(pregnancy) => change({ pregnancy })}
        />
      </section>
      <LongText label={t.note} longest={longestNote} value={health.note} onChange={(note) => change({ note })} />
    </>
  );
}

interface LongTextProps {
  label: string;
  longest: number;
  value: string | null;
  onChange: (value: string | null) => void;
}

function LongText({ label, longest, value, onChange }: LongTextProps) {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <textarea id={id} rows={3} maxLength={longest} value={value ?? ''} onInput={(event) => onChange(event.currentTarget.value || null)} />
    </div>
  );
}
