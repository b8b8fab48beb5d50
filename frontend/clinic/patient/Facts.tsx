import type { ComponentChildren } from 'preact';

/** A name and what is known by it; null leaves the fact out. */
export type Fact = [name: string, told: ComponentChildren] | null;

/** Names and values side by side. */
export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl class="facts-list">
      {facts.map((fact) => fact && <div key={fact[0]}><dt>{fact[0]}</dt><dd>{fact[1]}</dd></div>)}
    </dl>
  );
}
