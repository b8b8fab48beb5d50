import { inLight } from '../../scheme';

/** Widths in CSS pixels at which the figures stand on A4 and US letter paper. */
export const PAPER_WIDTH = { timeline: 680, calendar: 680, comparison: 680, overview: 680 } as const;

const drawings = new Set<Promise<unknown>>();

/** Lets printing wait for a drawing that has begun. */
export function untilDrawn(drawing: Promise<unknown>): void {
  drawings.add(drawing);
  void drawing.finally(() => drawings.delete(drawing));
}

/** Prints the page in light colors, once its figures have been redrawn in them. */
export async function printPage(): Promise<void> {
  await inLight(async () => {
    await nextTask();
    while (drawings.size > 0) {
      await Promise.allSettled(drawings);
      await nextTask();
    }
    print();
  });
}

function nextTask(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}
