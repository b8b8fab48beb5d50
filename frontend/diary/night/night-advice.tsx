import { EmergencyCall } from '../emergency-call';
import { HelpLink } from '../help';
import { texts } from '../texts';
import type { Advice } from './advice';

/** Advice in words, with the way to help: where the answer is given, and wherever the night is read. */
export function NightAdvice({ advice }: { advice: readonly Advice[] }) {
  const t = texts.value.advice;
  if (advice.length === 0) return null;
  const urgent = advice.includes('emergency');
  return (
    <div class={urgent ? 'notice urgent' : 'notice'} role="status">
      {urgent && <p class="strong">{t.emergency}</p>}
      {urgent && <EmergencyCall />}
      {advice.map((each) => each !== 'emergency' && <p key={each}>{t[each]}</p>)}
      {urgent && <p class="hint">{texts.value.help.watched}</p>}
      <p><HelpLink /></p>
    </div>
  );
}
