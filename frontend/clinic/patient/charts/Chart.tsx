import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { scheme } from '../../scheme';
import { askToSignIn, isSignedOut } from '../../session';
import { language, texts } from '../../texts';
import { draw, erase, fit, type Figure, type Look, type Stretch } from './drawing';
import { PAPER_WIDTH, untilDrawn } from './print';

export type ChartName = 'timeline' | 'comparison' | 'calendar' | 'overview';

interface Props {
  chart: ChartName;
  /** Reads the figure; another function is another figure. */
  read: (look: Look) => Promise<Figure>;
  stretch?: Stretch | undefined;
  /** Called with the id of a point that is clicked. */
  pick?: (id: string) => void;
}

/** A figure from the server, in the colors and the language on screen; its table stands beside it. */
export function Chart({ chart, read, stretch, pick }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const figure = useSignal<Figure | null>(null);
  const status = useSignal<'drawing' | 'drawn' | 'failed'>('drawing');
  const look = { scheme: scheme.value, lang: language.value };

  // Before the paint, so that printing can wait for every drawing that a change of colors starts.
  useLayoutEffect(() => {
    let isWanted = true;
    const fetched = read(look).then(
      (answer) => { if (isWanted) figure.value = answer; },
      (error: unknown) => (isSignedOut(error) ? askToSignIn() : (status.value = 'failed')),
    );
    untilDrawn(fetched);
    return () => void (isWanted = false);
  }, [read, look.scheme, look.lang]);

  useLayoutEffect(() => {
    if (!figure.value) return;
    untilDrawn(draw(place.current!, figure.value, stretch, pick).then(() => (status.value = 'drawn'), () => (status.value = 'failed')));
  }, [figure.value, stretch?.last, stretch?.nights]);

  useEffect(() => {
    const element = place.current!;
    const toPaper = () => fit(element, PAPER_WIDTH[chart]);
    const toPage = () => fit(element, 'page');
    addEventListener('beforeprint', toPaper);
    addEventListener('afterprint', toPage);
    return () => {
      removeEventListener('beforeprint', toPaper);
      removeEventListener('afterprint', toPage);
      erase(element);
    };
  }, []);

  const words = texts.value.charts;
  return (
    <div class={`chart chart-${chart}`} aria-busy={status.value === 'drawing'}>
      <div ref={place} class="chart-place" data-drawn={look.scheme} role="img" tabIndex={0} aria-label={words.label[chart]} />
      {status.value === 'drawing' && <p class="chart-note quiet">{words.drawing}</p>}
      {status.value === 'failed' && <p class="chart-note" role="alert">{words.failed}</p>}
    </div>
  );
}
