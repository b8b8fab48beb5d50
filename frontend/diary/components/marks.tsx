/** Radius of the cramp mark in a box of 24: its area grows with the count, up to six. */
export function markRadius(cramps: number): number {
  return Math.min(4.2 * Math.sqrt(cramps), 10.5);
}

/** The three looks of a night: a sized orange mark, a small open ring, a dotted gap. */
export function NightMark({ cramps }: { cramps: number | null }) {
  return (
    <svg class="mark" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      {cramps === null && <line class="mark-gap" x1="3" y1="12" x2="21" y2="12" />}
      {cramps === 0 && <circle class="mark-none" cx="12" cy="12" r="4.5" />}
      {cramps !== null && cramps > 0 && <circle class="mark-cramps" cx="12" cy="12" r={markRadius(cramps)} />}
    </svg>
  );
}

/** Stockings of a night: left half the day, right half in bed; filled worn, outlined not worn, empty not known. */
export function StockingsMark({ day, night }: { day: boolean | null; night: boolean | null }) {
  return (
    <svg class="mark-stockings" viewBox="0 0 28 8" aria-hidden="true" focusable="false">
      <Half x={1} worn={day} />
      <Half x={15} worn={night} />
    </svg>
  );
}

/** What a plan says of a day: filled and hatched with stockings, an outline without, a dotted gap where nothing is planned; a cross while stockings stay `off`. */
export function PlanMark({ assigned, off = false }: { assigned: boolean | null; off?: boolean }) {
  if (off) return <svg class="mark-plan" viewBox="0 0 24 14" aria-hidden="true" focusable="false"><path class="mark-off" d="M7 2 17 12M17 2 7 12" /></svg>;
  return (
    <svg class="mark-plan" viewBox="0 0 24 14" aria-hidden="true" focusable="false">
      {assigned === null && <line class="mark-gap" x1="4" y1="7" x2="20" y2="7" />}
      {assigned !== null && <rect class={assigned ? 'stockings-on' : 'stockings-off'} x="1" y="1" width="22" height="12" rx="3" stroke-width="1.6" />}
      {assigned && <path class="hatch" d="M4 12 9 2M10 12 15 2M16 12 21 2" />}
    </svg>
  );
}

function Half({ x, worn }: { x: number; worn: boolean | null }) {
  if (worn === null) return null;
  return <rect class={worn ? 'stockings-on' : 'stockings-off'} x={x} y="1" width="12" height="6" rx="2" />;
}
