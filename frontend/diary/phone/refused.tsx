import '../me/reminders/reminders.css';
import { PageTitle } from '../components/page-title';
import { hasDiary } from '../session/signals';
import { phoneTexts, texts } from '../texts';

/** Stands in place of every page where the browser keeps nothing: a diary that forgets would be worse than none. */
export function Refused() {
  const t = phoneTexts.value;
  return (
    <>
      <PageTitle text={t.refused.title} />
      <p class="lead" role="alert">{t.refused.text}</p>
      {hasDiary() && <p class="notice">{t.unread}</p>}
      <section class="card">
        <h2>{t.refused.how}</h2>
        <ol class="steps">{t.refused.steps.map((step) => <li key={step}>{step}</li>)}</ol>
      </section>
      <button type="button" class="primary" onClick={() => location.reload()}>{texts.value.problem.reload}</button>
    </>
  );
}
