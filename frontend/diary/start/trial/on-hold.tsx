import { StockingsOff } from '../../night/stockings-off';
import { navigate } from '../../router';
import { startTexts, texts } from '../../texts';
import { Step } from '../step';

/** No plan is thought of while something speaks against stockings. */
export function OnHold({ onNone }: { onNone: () => void }) {
  const { trial: t, safety: words } = startTexts.value;
  return (
    <Step section="trial" title={t.gateTitle} primary={texts.value.plan.asked} onPrimary={() => navigate('/hold')}>
      <section class="card"><StockingsOff planned={false} /></section>
      <p>{words.blockedDiary}</p>
      <button type="button" class="secondary" onClick={onNone}>{t.noTrial}</button>
    </Step>
  );
}
