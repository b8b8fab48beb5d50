import type { components } from '../../../shared/api/schema';
import { addDays, type PlainDate } from '../../../shared/nights';

export type Figure = components['schemas']['Figure'];

/** The stretch of a timeline on screen: so many nights up to the last one. */
export interface Stretch {
  last: PlainDate;
  nights: number;
}

/** How a figure is asked for. */
export interface Look {
  scheme: 'light' | 'dark';
  lang: 'en' | 'es';
}

type Plotly = (typeof import('plotly.js-basic-dist-min'))['default'];

const CONFIG = { responsive: true, displayModeBar: false, showTips: false };

let loaded: Plotly | undefined;

/** plotly.js is large and only the patient page needs it: it comes with the first chart. */
async function plotly(): Promise<Plotly> {
  loaded ??= (await import('plotly.js-basic-dist-min')).default;
  return loaded;
}

interface Axis {
  type?: string;
  range?: unknown;
  tickvals?: number[];
  ticktext?: string[];
}

/** Room in pixels that a tick in words, a date, and the names beside the panels need. */
const [WORDS_PX, DATE_PX, NAMES_PX] = [80, 70, 120];

/** A figure's layout on a page so many pixels wide, narrowed to a stretch of nights where one is chosen. */
export function layoutFor({ layout }: Figure, pageWidth: number, stretch: Stretch | undefined): Record<string, unknown> {
  const { width: _asPageIs, ...rest } = structuredClone(layout);
  const axis: Axis = rest.xaxis ?? {};
  const shown = axis.type === 'log' ? withFewerTicks(axis, pageWidth) : axis.type === 'date' ? { ...axis, nticks: datesAcross(pageWidth) } : axis;
  // What the reader zoomed into stays through a redraw, until another stretch is chosen.
  const uirevision = stretch?.nights ?? 'all';
  return { ...rest, xaxis: stretch ? { ...shown, range: nightsOf(stretch), autorange: false } : shown, autosize: true, uirevision };
}

/** As many dates as stand side by side on paper, too, without being turned. */
const MOST_DATES = 8;

/** How many dates stand side by side without being turned. */
function datesAcross(pageWidth: number): number {
  return Math.min(MOST_DATES, Math.max(2, Math.floor((pageWidth - NAMES_PX) / DATE_PX)));
}

/** Half a day on both sides, so that the marks of the first and the last night are whole. */
function nightsOf({ last, nights }: Stretch): string[] {
  return [`${addDays(last, -nights)} 12:00`, `${last} 12:00`];
}

/** A ratio axis whose ticks in words do not run into each other: every second, third … of them, counted from "same". */
function withFewerTicks(axis: Axis, pageWidth: number): Axis {
  const { tickvals = [], ticktext = [] } = axis;
  const step = Math.max(1, Math.ceil((tickvals.length * WORDS_PX) / pageWidth));
  const same = tickvals.indexOf(1);
  const isKept = (_: unknown, index: number) => (index - same) % step === 0;
  return { ...axis, tickvals: tickvals.filter(isKept), ticktext: ticktext.filter(isKept) };
}

/** Draws a figure into an element, or redraws it there. */
export async function draw(
  element: HTMLElement,
  figure: Figure,
  stretch: Stretch | undefined,
  pick?: (id: string) => void,
): Promise<void> {
  const { react } = await plotly();
  if (!element.isConnected) return;
  // The figure knows its height; a place without one would fold when the library fits the figure to another width.
  element.style.height = `${String(figure.layout.height)}px`;
  const drawn = await react(element, structuredClone(figure.data), layoutFor(figure, element.clientWidth, stretch), CONFIG);
  drawn.removeAllListeners('plotly_click');
  if (pick) drawn.on('plotly_click', ({ points: [point] }) => point?.id && pick(point.id));
}

/** Fits a drawn figure at once to a width in pixels, or to its place on the page. */
export function fit(element: HTMLElement, width: number | 'page'): void {
  void loaded?.relayout(element, width === 'page' ? { autosize: true } : { autosize: false, width });
}

/** Frees what plotly.js keeps for an element. */
export function erase(element: HTMLElement): void {
  loaded?.purge(element);
}
