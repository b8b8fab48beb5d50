import { Component, type ComponentChildren } from 'preact';
import { texts } from '../texts';

/** What is shown when the app itself fails: what happened, what is safe, what to do. */
export function Failure() {
  const t = texts.value.problem;
  return (
    <main>
      <h1>{t.title}</h1>
      <p>{t.text}</p>
      <button type="button" class="primary" onClick={() => location.reload()}>{t.reload}</button>
    </main>
  );
}

/** Shows `Failure` in place of a page that could not be drawn. */
export class Guard extends Component<{ children: ComponentChildren }, { failed: boolean }> {
  override state = { failed: false };

  override componentDidCatch(error: unknown) {
    console.error(error);
    this.setState({ failed: true });
  }

  override render() {
    return this.state.failed ? <Failure /> : this.props.children;
  }
}
