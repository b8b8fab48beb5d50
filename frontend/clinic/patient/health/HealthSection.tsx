import type { ComponentChildren } from 'preact';
import { formats } from '../../formats';
import type { Health, Hold } from '../../records';
import { patientTexts } from '../../texts';
import { Facts, type Fact } from '../Facts';
import { background, garment, legs, screening } from './health';
import { Holds } from './Holds';
import { localDate } from '../moments';

/** What the patient told about their health, each part with the day on which it was told. */
export function HealthSection({ health, holds, zone }: { health: Health; holds: readonly Hold[]; zone: string }) {
  const words = patientTexts.value.health;
  const parts: [name: string, answeredAt: string | null, facts: readonly Fact[]][] = [
    [words.screening, health.screening.answered_at, screening(health, words, formats.value)],
    [words.legs, health.history.answered_at, legs(health, words)],
    [words.garment, health.garment.answered_at, garment(health, words, formats.value)],
    [words.background, health.history.answered_at, background(health, words)],
  ];
  return (
    <section class="panel" id="health" aria-labelledby="health-title">
      <h2 id="health-title">{words.title}</h2>
      <p class="quiet">{words.ownReport}</p>
      <div class="columns">
        {parts.map(([name, at, facts]) => (
          <Part key={name} name={name} answered={at && words.answered(formats.value.date(localDate(at, zone)))}>
            <Facts facts={facts} />
          </Part>
        ))}
      </div>
      <Holds holds={holds} />
    </section>
  );
}

function Part({ name, answered, children }: { name: string; answered: string | null; children: ComponentChildren }) {
  return (
    <div>
      <h3>{name}</h3>
      <p class="quiet small">{answered ?? patientTexts.value.health.never}</p>
      {answered && children}
    </div>
  );
}
