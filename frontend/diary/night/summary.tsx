import { useEffect, useRef } from 'preact/hooks';
import { NightMark, StockingsMark } from '../components/marks';
import { closedForm, NightState } from '../components/state';
import { capitalized } from '../../shared/texts/capitalized';
import type { NightRecord } from '../store/schema';
import { detailTexts, language, texts } from '../texts';
import { stands } from '../hold/hold';
import { adviceLeft } from './advice';
import { NightAdvice } from './night-advice';
import { crampInWords, crampsInWords, otherAnswers, stockingsInWords } from './words';

/** A recorded night in words, with where it is stored. */
export function NightSummary({ record }: { record: NightRecord }) {
  const t = texts.value;
  const { night } = record;
  const main = useRef<HTMLParagraphElement>(null);
  // The button that saved is gone, and with it the focus.
  useEffect(() => {
    if (closedForm.value === night.night_date) main.current?.focus();
  }, [closedForm.value]);
  return (
    <>
      <NightAdvice advice={adviceLeft(night, stands)} />
      <section class="card summary">
        <div class="summary-head">
          <NightMark cramps={night.cramps.length} />
          <div>
            <p class="summary-main" tabIndex={-1} ref={main}>{crampsInWords(night, t)}</p>
            <p class="summary-stockings">
              {(night.stockings_day ?? night.stockings_night) !== null && <StockingsMark day={night.stockings_day} night={night.stockings_night} />}
              {capitalized(stockingsInWords(night, t), language.value)}
            </p>
          </div>
        </div>
        <ul class="plain summary-lines">
          {night.cramps.map((cramp, index) => <li key={cramp.id}>{t.form.cramp(index + 1)}: {crampInWords(cramp, detailTexts.value, language.value)}</li>)}
          {otherAnswers(night, t, detailTexts.value, language.value).map((line) => <li key={line}>{line}</li>)}
        </ul>
        <NightState date={night.night_date} />
      </section>
    </>
  );
}
