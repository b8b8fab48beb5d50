import './form.css';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { Night } from '../../../shared/api/types';
import { dayName } from '../../../shared/nights';
import { YesNo } from '../../components/choice';
import { MinusIcon, PlusIcon } from '../../components/icons';
import { NightMark } from '../../components/marks';
import { useValidity } from '../../components/use-validity';
import { detailTexts, language, texts } from '../../texts';
import { maxCramps, withCount } from '../answers';
import { CrampCard } from './cramp-card';
import { More, Urge } from './more';
import type { NightForm } from '../form-state';
import { stockingsInWords } from '../words';

interface FormProps {
  form: NightForm;
  /** Called when the form has done its work, by saving or by discarding. */
  onDone: () => void;
}

/** Everything about one night, and one button that says what it saves. */
export function NightDetails({ form, onDone }: FormProps) {
  const t = texts.value.form;
  const d = detailTexts.value;
  const { night, update } = form;
  const { invalid, onValidity } = useValidity();
  const [problem, setProblem] = useState<string | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);

  const save = async () => {
    const [unsettled] = [...invalid, ...form.doubtful];
    if (unsettled) {
      setProblem(t.fixFirst);
      document.getElementById(unsettled)?.focus();
      return;
    }
    await form.save().then(onDone, () => setProblem(t.notSaved));
  };
  const what = night.cramps.length === 0 ? d.noCramps : texts.value.count.cramps(night.cramps.length);
  return (
    <form class="night-form" noValidate onSubmit={(event) => { event.preventDefault(); void save(); }}>
      <div class="answer-head">
        <NightMark cramps={night.cramps.length} />
        <h2 tabIndex={-1} ref={heading}>{night.cramps.length === 0 ? texts.value.today.none : texts.value.today.howMany}</h2>
        <button type="button" class="quiet" onClick={() => form.go('choose')}>{d.backToChoice}</button>
      </div>
      {night.cramps.length > 0 && <Cramps form={form} onValidity={onValidity} />}
      <Stockings night={night} update={update} answered={form.answered} />
      {night.cramps.length > 0 && <Urge night={night} update={update} answered={form.answered} />}
      <More form={form} onValidity={onValidity} withUrge={night.cramps.length === 0} />
      {form.answered && <button type="button" class="quiet" onClick={() => void form.discard().then(onDone)}>{d.discard}</button>}
      <div class="action-bar pinned">
        <p class="field-error" role="alert">{problem}</p>
        <button type="submit" class="primary">{d.save(what, stockingsInWords(night, texts.value))}</button>
      </div>
    </form>
  );
}

interface PartProps {
  night: Night;
  update: (answers: Partial<Night>) => void;
}

function Cramps({ form, onValidity }: { form: NightForm; onValidity: (field: string, valid: boolean) => void }) {
  const d = detailTexts.value;
  const { night, update, doubtful } = form;
  const { cramps } = night;
  const set = (count: number) => update({ cramps: withCount(cramps, count) });
  return (
    <>
      <div class="stepper">
        <button
          type="button"
          class="round"
          aria-label={d.fewer}
          disabled={cramps.length <= 1}
          onClick={() => set(cramps.length - 1)}
        >
          <MinusIcon />
        </button>
        <output aria-live="polite">
          <span aria-hidden="true">{cramps.length}</span><span class="visually-hidden">{texts.value.count.cramps(cramps.length)}</span>
        </output>
        <button
          type="button"
          class="round"
          aria-label={d.more}
          disabled={cramps.length >= maxCramps}
          onClick={() => set(cramps.length + 1)}
        >
          <PlusIcon />
        </button>
      </div>
      <p class="hint center">{d.optional}</p>
      {cramps.map((cramp, index) => (
        <CrampCard
          key={cramp.id}
          cramp={cramp}
          index={index}
          night={night.night_date}
          first={cramps[0] ?? cramp}
          alone={cramps.length === 1}
          doubtful={doubtful.includes(cramp.id)}
          onSettle={() => form.settle(cramp.id)}
          onChange={(answers) => update({ cramps: cramps.map((each) => (each.id === cramp.id ? { ...each, ...answers } : each)) })}
          onRemove={() => update({ cramps: cramps.filter((each) => each.id !== cramp.id) })}
          onValidity={onValidity}
        />
      ))}
    </>
  );
}

function Stockings({ night, update, answered }: PartProps & { answered: boolean }) {
  const t = texts.value.form;
  const d = detailTexts.value;
  const words = { yes: t.worn, no: t.notWorn, unknown: t.unknown, answered };
  return (
    <section class="card">
      <h3>{d.stockings}</h3>
      <YesNo
        {...words}
        legend={d.stockingsDay(dayName(night.night_date, language.value))}
        value={night.stockings_day}
        onChange={(stockings_day) => update({ stockings_day })}
      />
      <YesNo
        {...words}
        legend={d.stockingsNight}
        value={night.stockings_night}
        onChange={(stockings_night) => update({ stockings_night })}
      />
    </section>
  );
}
