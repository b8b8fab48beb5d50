import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { texts } from '../texts';

interface PageTitleProps {
  /** Names the document, and is the heading where there are no children. */
  text: string;
  children?: ComponentChildren;
}

/** The heading of a page; takes the focus when the page changes. */
export function PageTitle({ text, children }: PageTitleProps) {
  useEffect(() => {
    document.title = `${text} · ${texts.value.name}`;
  }, [text]);
  return <h1 tabIndex={-1}>{children ?? text}</h1>;
}
