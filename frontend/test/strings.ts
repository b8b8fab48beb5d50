type Template = (...given: unknown[]) => unknown;

// Templates take numbers, words, or lists of words.
const samples: readonly unknown[][] = [[12, 34, 3], ['3', '4', '5'], [['3'], ['4']]];

/** Every string of a catalogue; texts with arguments are called with plausible ones. */
export function strings(value: unknown, given: readonly unknown[][] = samples): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'function') return called(value as Template, given).flatMap((text) => strings(text, given));
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap((inner) => strings(inner, given)) : [];
}

function called(template: Template, given: readonly unknown[][]): unknown[] {
  const results = given.flatMap((sample) => {
    try {
      return [template(...sample)];
    } catch {
      return [];
    }
  });
  if (results.length === 0) throw new Error(`no sample fits ${template.toString()}`);
  return results;
}
