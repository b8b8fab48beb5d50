import { useEffect, useRef } from 'preact/hooks';
import { hasNavigated } from '../router';
import { texts } from '../texts';

/** A page's heading: names the document, and takes the focus when the reader has come here from another page. */
export function Heading({ children }: { children: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const title = texts.value.app.title(children);
  useEffect(() => {
    document.title = title;
  }, [title]);
  useEffect(() => {
    if (hasNavigated.value) heading.current?.focus();
  }, []);
  return <h1 ref={heading} tabIndex={-1}>{children}</h1>;
}
