import { useState } from 'preact/hooks';
import { language, resultTexts } from '../../texts';

/** The way to a page that can be printed for a visit; the server writes it. */
export function VisitPage() {
  const t = resultTexts.value.visit;
  const [offline, setOffline] = useState(false);
  const open = (event: Event) => {
    setOffline(!navigator.onLine);
    if (!navigator.onLine) event.preventDefault();
  };
  return (
    <section class="card">
      <h2>{t.title}</h2>
      <p>{t.text}</p>
      <a class="secondary" href={`/api/me/report?lang=${language.value}`} target="_blank" rel="noopener" onClick={open}>{t.open}</a>
      <p role="status" class="field-error">{offline && t.offline}</p>
    </section>
  );
}
