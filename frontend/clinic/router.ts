import { signal } from '@preact/signals';

import { parseRoute, type Route } from './routes';

export const route = signal<Route>(parseRoute(location.pathname));

/** True once the reader has moved between pages: only then is focus moved to the new page's heading. */
export const hasNavigated = signal(false);

function enter(): void {
  hasNavigated.value = true;
  route.value = parseRoute(location.pathname);
}

/** Go to a page of the clinic; `replace` leaves no step behind for the back button. */
export function navigate(path: string, { replace = false } = {}): void {
  history[replace ? 'replaceState' : 'pushState'](null, '', path);
  enter();
}

/** Follow the browser's back and forward buttons and plain clicks on links inside the clinic. */
export function startRouting(): void {
  addEventListener('popstate', enter);
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest('a') : null;
    const plainClick = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey);
    if (link && plainClick && !event.defaultPrevented && isInside(link)) {
      event.preventDefault();
      navigate(link.pathname);
    }
  });
}

function isInside(link: HTMLAnchorElement): boolean {
  return (
    link.origin === location.origin &&
    link.pathname.startsWith('/clinic/') &&
    !link.hasAttribute('download') &&
    !link.hash &&
    link.target !== '_blank'
  );
}
