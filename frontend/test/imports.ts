import ts from 'typescript';

/** Program text by path from the front end's folder: "diary/app.tsx". */
export type Sources = Record<string, string>;

/** What each module imports of the others: for its types only, or when it is needed, counts like the rest. */
export function importsOf(sources: Sources): Map<string, string[]> {
  const modules = Object.keys(sources);
  const find = (path: string) => [path, `${path}.ts`, `${path}.tsx`].find((each) => each in sources);
  return new Map(
    modules.map((module) => {
      const named = ts.preProcessFile(sources[module]!).importedFiles.map(({ fileName }) => fileName);
      const found = named.filter((name) => name.startsWith('.')).flatMap((name) => find(joined(module, name)) ?? []);
      return [module, [...new Set(found)]];
    }),
  );
}

/** The modules that import each other, each circle as a path that leads back to where it begins. */
export function circlesIn(imports: ReadonlyMap<string, string[]>): string[][] {
  const circles: string[][] = [];
  const finished = new Set<string>();
  const follow = (module: string, way: string[]): void => {
    const met = way.indexOf(module);
    if (met >= 0) return void circles.push([...way.slice(met), module]);
    if (finished.has(module)) return;
    for (const next of imports.get(module) ?? []) follow(next, [...way, module]);
    finished.add(module);
  };
  for (const module of imports.keys()) follow(module, []);
  return circles;
}

/** Imports from one room into another that it must not know, as "shared/a.ts: diary/b.ts". */
export function trespassesIn(imports: ReadonlyMap<string, string[]>, allowed: Record<string, string[]>): string[] {
  const room = (module: string) => module.split('/')[0]!;
  return [...imports].flatMap(([module, named]) =>
    named.filter((each) => room(each) !== room(module) && !allowed[room(module)]?.includes(room(each))).map((each) => `${module}: ${each}`),
  );
}

function joined(module: string, name: string): string {
  return new URL(name, `file:///${module}`).pathname.slice(1);
}
