import { PageTitle } from '../../components/page-title';
import { departed } from '../../session/signals';
import { dataTexts } from '../../texts';

/** The last page, after an account was deleted. */
export function Goodbye() {
  const t = dataTexts.value.goodbye;
  return (
    <>
      <PageTitle text={t.title} />
      <p class="lead">{t.text}</p>
      <p>{t.thanks}</p>
      <p class="hint">{t.legs}</p>
      <button type="button" class="primary" onClick={() => (departed.value = false)}>{t.done}</button>
    </>
  );
}
