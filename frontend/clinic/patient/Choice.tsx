interface Props<Name extends string> {
  label: string;
  names: readonly Name[];
  nameOf: (name: Name) => string;
  isChosen: (name: Name) => boolean;
  choose: (name: Name) => void;
}

/** Buttons side by side, of which some are chosen. */
export function Choice<Name extends string>({ label, names, nameOf, isChosen, choose }: Props<Name>) {
  return (
    <div class="choice" role="group" aria-label={label}>
      {names.map((name) => (
        <button key={name} type="button" class="chip" aria-pressed={isChosen(name)} onClick={() => choose(name)}>{nameOf(name)}</button>
      ))}
    </div>
  );
}
