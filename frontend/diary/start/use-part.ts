import { useEffect, useRef, useState } from 'preact/hooks';

const partInHistory = () => (history.state as { part?: string } | null)?.part;

/** Which part of a step is on screen; the phone's back button leads to the one before, a reload to the same. */
export function usePart<Part extends string>(parts: readonly Part[], begin: Part): [Part, (next: Part) => void] {
  // Decided once: what is answered on a part must not turn the page.
  const [first] = useState(begin);
  const [part, setPart] = useState(partInHistory);
  const shown = parts.find((each) => each === part) ?? first;
  const before = useRef(shown);
  useEffect(() => {
    const follow = () => setPart(partInHistory());
    addEventListener('popstate', follow);
    return () => removeEventListener('popstate', follow);
  }, []);
  useEffect(() => {
    if (before.current === shown) return;
    before.current = shown;
    scrollTo(0, 0);
    document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true });
  }, [shown]);
  const go = (next: Part) => {
    history.pushState({ part: next }, '');
    setPart(next);
  };
  return [shown, go];
}
