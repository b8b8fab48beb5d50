import { Component, type ComponentChildren } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { texts } from '../texts';

/** What is shown when the app itself fails: what happened, what can be read of the diary, what to do. */
export function Failure() {
  const t = texts.value.problem;
  const [kept, setKept] = useState('');
  useEffect(() => {
    // Without that part of the app nothing is said of the diary: nobody looked.
    void import('../phone/kept').then(({ whatIsKept }) => whatIsKept()).then(setKept, console.warn);
  }, []);
  return (
    <main>
      <h1>{t.title}</h1>
      <p role="status">{kept}</p>
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
