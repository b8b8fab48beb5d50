import { nightName } from '../../shared/nights';
import { AttentionIcon } from '../components/icons';
import { HelpLink } from '../help';
import { mayBeGone } from '../../shared/stop-signs';
import { hold, standing } from '../hold/hold';
import { language, texts } from '../texts';

/** Stands in place of the plan's instruction while something speaks against stockings (backend/health/RULES.md 2 and 5): that, and why. */
export function StockingsOff({ planned }: { planned: boolean }) {
  const { plan: t, help } = texts.value;
  const sign = hold.value;
  return (
    <div class="next leave-off">
      <p class="state-name"><AttentionIcon />{sign ? t.leaveOff : t.askFirst}</p>
      <p>{whyOff()}</p>
      {planned && <p>{t.leaveOffPlan}</p>}
      {sign && <p class="hint">{help.watched}</p>}
      {!sign?.night_date && <a class="link" href="/start/safety">{t.leaveOffWhy}</a>}
      {standing.value.some(({ code }) => mayBeGone(code)) && <a class="link" href="/hold">{t.gone}</a>}
      {sign && <a class="link" href="/hold">{t.asked}</a>}
      {!sign?.night_date && <HelpLink />}
    </div>
  );
}

/** Why stockings stay off, in a sentence or two. */
export function whyOff(): string {
  const { plan: t, form } = texts.value;
  const sign = hold.value;
  if (!sign) return t.askFirstText;
  if (sign.night_date === null) return t.leaveOffText;
  const names: Partial<Record<string, string>> = form.problemNames;
  return t.leaveOffTold(names[sign.code] ?? sign.code, nightName(sign.night_date, language.value));
}
