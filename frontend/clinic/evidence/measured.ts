import type { components } from '../../shared/api/schema';
import type { EvidenceTexts } from '../../shared/texts/clinic/evidence/en';

export type Measured = components['schemas']['Measured'];

/** Rows by family, in the order of their first appearance, but for one family that comes first. */
export function inFamilies(rows: readonly Measured[], first: string | null = null): [family: string, members: Measured[]][] {
  const families = new Map<string, Measured[]>();
  for (const row of rows) families.set(row.family, [...(families.get(row.family) ?? []), row]);
  return [...families].sort(([one], [other]) => Number(other === first) - Number(one === first));
}

/** The largest share of patients who were flagged as helped. */
export function worstOf(rows: readonly Measured[]): number {
  return Math.max(...rows.map(({ help }) => help));
}

/** What is special about the patients of a row. */
export function scenarioInWords({ scenario }: Pick<Measured, 'scenario'>, texts: EvidenceTexts): string {
  const known: Readonly<Record<string, string>> = texts.scenarios;
  return known[scenario] ?? scenario;
}

/** When stockings were worn, and when the nights were looked at. */
export function planInWords({ design, pairs, blocks, block_nights: blockNights, looks, nights }: Measured, { plan }: EvidenceTexts): string {
  if (design === 'pairs' && pairs !== null && blockNights !== null) {
    const words = plan.pairs(pairs, blockNights);
    return looks ? `${words}, ${plan.looks(looks.map(String))}` : words;
  }
  if (design === 'blocks' && blocks !== null && blockNights !== null) return plan.blocks(blocks, blockNights);
  return design === 'before_after' ? plan.beforeAfter(nights / 2) : plan.diary(nights);
}

/** A limit by its code; a code the catalogue does not hold is told in the server's words. */
export function limitInWords({ code, text }: { code: string; text: string }, texts: EvidenceTexts): string {
  const known: Readonly<Record<string, string>> = texts.limits;
  return known[code] ?? text;
}
