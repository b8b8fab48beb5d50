import type { Figure } from '../patient/charts/drawing';
import type { PatientRow } from '../records';

/** Characters that plotly.js would read as markup. */
const MARKUP: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

const LONGEST = 20;

/** A figure whose rows are named by ids, with the patients' names in their place: the figure travels without them. */
export function withNames({ data, layout }: Figure, patients: readonly Pick<PatientRow, 'id' | 'display_name'>[]): Figure {
  const names = new Map(patients.map(({ id, display_name: name }) => [id, name]));
  const nameOf = (id: string) => plain(names.get(id) ?? id);
  const { yaxis, ...rest } = layout as { yaxis?: { ticktext?: string[] } };
  const ticktext = yaxis?.ticktext?.map((id) => plain(shortened(names.get(id) ?? id)));
  return {
    data: data.map((trace) => (Array.isArray(trace.ids) ? { ...trace, text: (trace.ids as string[]).map(nameOf) } : trace)),
    layout: { ...rest, ...(yaxis && { yaxis: { ...yaxis, ...(ticktext && { ticktext }) } }) },
  };
}

function plain(text: string): string {
  return text.replace(/[&<>]/g, (character) => MARKUP[character]!);
}

function shortened(name: string): string {
  return name.length > LONGEST ? `${name.slice(0, LONGEST - 1)}…` : name;
}
