import type { components } from '../../shared/api/schema';
import { addDays, type PlainDate } from '../../shared/nights';

export type Figure = components['schemas']['Figure'];

/** The stretch of a timeline on screen: so many nights up to the last one. */
export interface Stretch {
  last: PlainDate;
  nights: number;
}

type Plotly = (typeof import('plotly.js-basic-dist-min'))['default'];

const CONFIG = { responsive: true, displayModeBar: false, showTips: false };

let loaded: Plotly | undefined;

/** plotly.js is large and only the patient page needs it: it comes with the first chart. */
async function plotly(): Promise<Plotly> {
  loaded ??= (await import('plotly.js-basic-dist-min')).default;
  return loaded;
}

/** A figure's layout, narrowed to a stretch where one is chosen. */
export function layoutFor({ layout }: Figure, stretch: Stretch | undefined): Record<string, unknown> {
  const { width, ...rest } = structuredClone(layout);
  if (!stretch) return { ...rest, autosize: true };
  // Half a day on both sides, so that the marks of the first and the last night are whole.
  const range = [`${addDays(stretch.last, -stretch.nights)} 12:00`, `${stretch.last} 12:00`];
  const axis = rest.xaxis as Record<string, unknown> | undefined;
  return { ...rest, xaxis: { ...axis, range, autorange: false }, autosize: true };
}

/** Draws a figure into an element, or redraws it there. */
export async function draw(element: HTMLElement, figure: Figure, stretch: Stretch | undefined): Promise<void> {
  const { react } = await plotly();
  if (element.isConnected) await react(element, structuredClone(figure.data), layoutFor(figure, stretch), CONFIG);
}

/** Fits a drawn figure at once to a width in pixels, or to its place on the page. */
export function fit(element: HTMLElement, width: number | 'page'): void {
  void loaded?.relayout(element, width === 'page' ? { autosize: true } : { autosize: false, width });
}

/** Frees what plotly.js keeps for an element. */
export function erase(element: HTMLElement): void {
  loaded?.purge(element);
}
