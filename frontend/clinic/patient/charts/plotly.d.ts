/** The part of plotly.js that the clinic uses; the distribution comes without types. */
declare module 'plotly.js-basic-dist-min' {
  interface Figure {
    data: Record<string, unknown>[];
    layout: Record<string, unknown>;
  }
  /** The element that holds a figure. */
  interface Drawn extends HTMLElement {
    on(event: 'plotly_click', listen: (clicked: { points: { id?: string }[] }) => void): void;
    removeAllListeners(event: 'plotly_click'): void;
  }
  interface Plotly {
    react(element: HTMLElement, data: Figure['data'], layout: Figure['layout'], config: Record<string, unknown>): Promise<Drawn>;
    relayout(element: HTMLElement, update: Record<string, unknown>): Promise<unknown>;
    purge(element: HTMLElement): void;
    Plots: { resize(element: HTMLElement): void };
  }
  const plotly: Plotly;
  export default plotly;
}
