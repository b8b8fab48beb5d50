import './emergency-call.css';
import { emergencyNumber } from './emergency';
import { me } from './session/signals';
import { texts } from './texts';

/** The way to call the emergency number of the person's country; a sentence where the country is not known. */
export function EmergencyCall() {
  const t = texts.value.help;
  const number = emergencyNumber(me.value?.country ?? null);
  if (number) return <a class="primary emergency" href={`tel:${number}`}>{t.call(number)}</a>;
  return (
    <>
      <p class="strong">{t.callUnknown}</p>
      <p class="hint">{t.country}</p>
    </>
  );
}
