import type { Failure } from '../load';
import { texts } from '../texts';

interface Props {
  failure: Failure;
  retry: () => unknown;
}

/** What happened, what is safe, and what to do next. */
export function Failed({ failure, retry }: Props) {
  const { app, errors } = texts.value;
  const { title, text } = errors[failure];
  return (
    <div class="notice" role="alert">
      <h2>{title}</h2>
      <p>{text}</p>
      <button type="button" class="button" onClick={() => void retry()}>{app.retry}</button>
    </div>
  );
}
