import { firstDay } from '../../first-day';
import { hold } from '../../hold/hold';
import { planned } from '../../session/signals';
import { texts } from '../../texts';

/** The way back to wishes for a plan that wait for stockings, or for a clinician's word; null where none do. */
export function keptWishes() {
  const waits = firstDay.value?.waits;
  if (!waits || hold.value || planned.value.trials[0]?.active) return null;
  return <p class="hint center"><a href={waits === 'asking' ? '/start/safety' : '/start/trial'}>{texts.value.today.waits[waits]}</a></p>;
}
