import { useSignal } from '@preact/signals';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { bodyOf } from '../../shared/api/client';
import { api } from '../api';
import { scheme } from '../scheme';
import { askToSignIn, isSignedOut } from '../session';
import { language, texts } from '../texts';
import { draw, erase, fit, type Figure, type Stretch } from './drawing';
import { PAPER_WIDTH, untilDrawn } from './print';

export type ChartName = 'timeline' | 'comparison' | 'calendar';

interface Props {
  id: string;
  chart: ChartName;
  stretch?: Stretch | undefined;
}

/** A figure from the server, in the colors and the language on screen; its table stands beside it. */
export function Chart({ id, chart, stretch }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const figure = useSignal<Figure | null>(null);
  const status = useSignal<'drawing' | 'drawn' | 'failed'>('drawing');
  const look = { scheme: scheme.value, lang: language.value };

  // Before the paint, so that printing can wait for every drawing that a change of colors starts.
  useLayoutEffect(() => {
    let isWanted = true;
    const fetched = fetchFigure(id, chart, look).then(
      (answer) => { if (isWanted) figure.value = answer; },
      (error: unknown) => (isSignedOut(error) ? askToSignIn() : (status.value = 'failed')),
    );
    untilDrawn(fetched);
    return () => void (isWanted = false);
  }, [id, chart, look.scheme, look.lang]);

  useLayoutEffect(() => {
    if (!figure.value) return;
    untilDrawn(draw(place.current!, figure.value, stretch).then(() => (status.value = 'drawn'), () => (status.value = 'failed')));
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

function fetchFigure(id: string, name: ChartName, look: { scheme: 'light' | 'dark'; lang: 'en' | 'es' }): Promise<Figure> {
  return bodyOf(api.GET('/api/patients/{patient_id}/charts/{name}', { params: { path: { patient_id: id, name }, query: look } }));
}
