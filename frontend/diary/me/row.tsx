import type { ComponentChildren } from 'preact';
import { NextIcon } from '../components/icons';

interface RowProps {
  name: string;
  /** One line of how things stand there. */
  state: ComponentChildren;
}

/** A place in the list that is Me. */
export function PlaceRow({ to, name, state }: RowProps & { to: string }) {
  return <li><a class="place" href={to}><RowText name={name} state={state} /><NextIcon /></a></li>;
}

/** A row that does something instead of leading somewhere. */
export function ActionRow({ onClick, name, state }: RowProps & { onClick: () => void }) {
  return <li><button type="button" class="place" onClick={onClick}><RowText name={name} state={state} /></button></li>;
}

function RowText({ name, state }: RowProps) {
  return (
    <span class="place-text">
      <span class="place-name">{name}</span>
      <span class="hint">{state}</span>
    </span>
  );
}
