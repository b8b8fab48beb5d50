import { useState } from 'preact/hooks';
import { Choice } from '../../components/choice';
import { NumberField } from '../../components/fields';
import { wearing } from '../../hold/hold';
import { startTexts, texts } from '../../texts';
import type { StockingsAnswers } from '../answers/answers';
import { RadioRows } from '../rows';
import { classesOf, highestMmhg, lowestMmhg } from './schemes';
import { goOn, Step, StepLoading } from '../step';
import { useAnswers, type StepAnswers } from '../answers/use-answers';
import { usePart } from '../use-part';
import { useValidity } from '../../components/use-validity';

const parts = ['have', 'none', 'label'] as const;
const schemes = ['RAL', 'UK', 'US', 'unknown'] as const;
const lengths = ['knee', 'thigh', 'tights'] as const;

/** Whether there are stockings, and what their label says; else what to ask for. */
export function StockingsStep() {
  const form = useAnswers('stockings');
  return form ? <StockingsParts form={form} /> : <StepLoading />;
}

function StockingsParts({ form }: { form: StepAnswers<'stockings'> }) {
  const { stockings: t, start } = startTexts.value;
  const [part, go] = usePart(parts, form.answers.have ? 'label' : 'have');
  const [problem, setProblem] = useState<string | null>(null);
  const save = async () => {
    const sent = await form.finish();
    if (typeof sent === 'object') setProblem(start.refused(sent.refused));
    else goOn('stockings');
  };
  if (part === 'label') return <Label form={form} problem={problem} onSave={save} />;
  if (part === 'none' && wearing.value === 'off') {
    return (
      <Step section="stockings" title={t.offTitle} lead={t.offText} primary={t.noneRead} onPrimary={save} problem={problem}>
        <a class="secondary" href="/hold">{texts.value.plan.asked}</a>
      </Step>
    );
  }
  if (part === 'none') {
    return (
      <Step section="stockings" title={t.noneTitle} primary={t.noneRead} onPrimary={save} problem={problem}>
        <ul class="card advice">{t.none.map((line) => <li key={line}>{line}</li>)}</ul>
      </Step>
    );
  }
  const onward = () => (form.answers.have === null ? setProblem(start.chooseFirst) : go(form.answers.have ? 'label' : 'none'));
  return (
    <Step section="stockings" title={t.haveTitle} primary={start.next} onPrimary={onward} problem={problem}>
      <section class="card">
        <RadioRows
          quiet
          legend={t.haveTitle}
          options={[{ value: 'yes', label: t.haveThem }, { value: 'no', label: t.haveNone }]}
          value={form.answers.have === null ? null : form.answers.have ? 'yes' : 'no'}
          onChange={(have) => form.change({ have: have === 'yes' })}
        />
      </section>
    </Step>
  );
}

interface LabelProps {
  form: StepAnswers<'stockings'>;
  problem: string | null;
  onSave: () => Promise<void>;
}

function Label({ form, problem, onSave }: LabelProps) {
  const { stockings: t } = startTexts.value;
  const { answers, change } = form;
  const { invalid, onValidity } = useValidity();
  const [refusal, setRefusal] = useState<string | null>(null);
  const { mmhg_low: low, mmhg_high: high } = answers;
  const save = () => {
    if (invalid.size > 0) return setRefusal(texts.value.form.fixFirst);
    if (low !== null && high !== null && high < low) return setRefusal(t.mmhgOrder);
    return onSave();
  };
  const pressure = { low: lowestMmhg, high: highestMmhg, onValidity };
  return (
    <Step section="stockings" title={t.labelTitle} lead={t.labelHint} primary={t.save} onPrimary={save} problem={refusal ?? problem}>
      <section class="card">
        <RadioRows
          legend={t.scheme}
          hint={t.schemeHint}
          options={schemes.map((value) => ({ value, label: t.schemes[value] }))}
          value={answers.scheme}
          onChange={(scheme) => change(withScheme(scheme))}
        />
      </section>
      <ClassQuestion answers={answers} change={change} />
      <section class="card">
        <fieldset class="question">
          <legend class="question-text">{t.mmhgTitle}</legend>
          <div class="two-fields">
            <NumberField whole label={t.mmhgLow} value={low} onChange={(next) => change({ mmhg_low: next })} {...pressure} />
            <NumberField whole label={t.mmhgHigh} value={high} onChange={(next) => change({ mmhg_high: next })} {...pressure} />
          </div>
        </fieldset>
      </section>
      <section class="card">
        <Choice
          legend={t.length}
          columns={3}
          options={lengths.map((length) => [length, t.lengths[length]] as const)}
          value={answers.length}
          cleared={null}
          onChange={(length) => change({ length })}
        />
      </section>
    </Step>
  );
}

function ClassQuestion({ answers, change }: Pick<StepAnswers<'stockings'>, 'answers' | 'change'>) {
  const { stockings: t } = startTexts.value;
  const classes = classesOf(answers.scheme);
  if (classes.length === 0) return null;
  const known = classes.map(([name, low, high]) => ({
    value: name,
    label: answers.scheme === 'US' ? t.pressure(low, high) : t.className(name),
    text: answers.scheme === 'US' ? undefined : <span class="hint">{t.pressure(low, high)}</span>,
  }));
  const choose = (name: string) => {
    const [, low = null, high = null] = classes.find(([each]) => each === name) ?? [];
    change({ compression_class: name || null, mmhg_low: low, mmhg_high: high });
  };
  return (
    <section class="card">
      <RadioRows legend={t.compressionClass} options={[...known, { value: '', label: t.unknownClass }]} value={answers.compression_class ?? ''} onChange={choose} />
    </section>
  );
}

// A class and its pressures mean nothing in another scheme.
const withScheme = (scheme: StockingsAnswers['scheme']): Partial<StockingsAnswers> => ({
  scheme,
  compression_class: null,
  mmhg_low: null,
  mmhg_high: null,
});
