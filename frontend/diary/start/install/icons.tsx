import type { ComponentChildren } from 'preact';

function Sign({ children }: { children: ComponentChildren }) {
  return <svg class="icon sign" viewBox="0 0 24 24" aria-hidden="true" focusable="false">{children}</svg>;
}

/** Three dots, one above the other. */
export const MenuIcon = () => (
  <Sign>
    <circle class="icon-solid" cx="12" cy="5" r="2" />
    <circle class="icon-solid" cx="12" cy="12" r="2" />
    <circle class="icon-solid" cx="12" cy="19" r="2" />
  </Sign>
);
/** A box with an arrow out of it: the iPhone's Share sign. */
export const ShareIcon = () => <Sign><path d="M8 9.5H5.5v11h13v-11H16M12 14.5v-11M8.5 6.5 12 3l3.5 3.5" /></Sign>;
/** A square with a plus. */
export const AddIcon = () => <Sign><path d="M5.5 4h13a1.5 1.5 0 0 1 1.5 1.5v13a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 18.5v-13A1.5 1.5 0 0 1 5.5 4zM12 8v8M8 12h8" /></Sign>;
