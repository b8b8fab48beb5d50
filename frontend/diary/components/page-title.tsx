import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { texts } from '../texts';

interface PageTitleProps {
  /** Names the document, and is the heading where there are no children. */
  text: string;
  children?: ComponentChildren;
}

// Somebody has come to a page that is still on its way.
let awaited = false;

/** Puts the focus on the heading of the page that was just come to, as soon as it is there. */
export function focusHeading(main: HTMLElement | null): void {
  const heading = main?.querySelector('h1');
  awaited = !heading;
  (heading ?? main)?.focus({ preventScroll: true });
}

/** The heading of a page; takes the focus when the page changes. */
export function PageTitle({ text, children }: PageTitleProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // Whoever has gone elsewhere meanwhile, to the help or the places, stays there.
    if (awaited && document.activeElement?.contains(heading.current)) heading.current?.focus({ preventScroll: true });
    awaited = false;
  }, []);
  useEffect(() => {
    document.title = `${text} · ${texts.value.name}`;
  }, [text]);
  return <h1 ref={heading} tabIndex={-1}>{children ?? text}</h1>;
}
