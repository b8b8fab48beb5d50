import { signal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect } from 'preact/hooks';
import { keep, kept } from '../../shared/device';

const STORED = 'charley-clinic-shortcuts';

/** Single-key shortcuts can be switched off, because speech input and some keyboards send stray letters. */
export const shortcuts = signal(kept(STORED) !== 'off');

export function switchShortcuts(on: boolean): void {
  shortcuts.value = on;
  keep(STORED, on ? 'on' : 'off');
}

const STEPS: Readonly<Record<string, number>> = { j: 1, k: -1, ArrowDown: 1, ArrowUp: -1 };

/** How far a key moves through the rows, 0 when it does not. Letters are shortcuts; arrows work within the list only. */
export function stepOf(key: string, { inList, inSearch }: { inList: boolean; inSearch: boolean }): number {
  const step = STEPS[key] ?? 0;
  if (key === 'ArrowDown') return inList || inSearch ? step : 0;
  if (key === 'ArrowUp') return inList ? step : 0;
  return inSearch || !shortcuts.value ? 0 : step;
}

/** The row to go to from row `current` (-1: none) of `count`; the ends hold. */
export function rowAfter(current: number, step: number, count: number): number {
  if (current < 0) return step > 0 ? 0 : count - 1;
  return Math.min(count - 1, Math.max(0, current + step));
}

/** Lets the keyboard search (`/`), walk (`j`, `k`, arrows) and leave the search (Escape); Enter follows the focused link. */
export function useRosterKeys(list: RefObject<HTMLElement | null>, search: RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
      const target = event.target instanceof HTMLElement ? event.target : document.body;
      const inSearch = target === search.current;
      if (!inSearch && target.matches('input:not([type=checkbox]), select, textarea')) return;
      if (event.key === '/' && shortcuts.value && !inSearch) {
        event.preventDefault();
        search.current?.select();
        return;
      }
      const step = stepOf(event.key, { inList: Boolean(list.current?.contains(target)), inSearch });
      if (step !== 0 && focusRow(list.current, target, step)) event.preventDefault();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
}

function focusRow(list: HTMLElement | null, target: HTMLElement, step: number): boolean {
  const links = [...(list?.querySelectorAll<HTMLAnchorElement>('tbody th a') ?? [])];
  const current = links.findIndex((link) => link === target);
  const next = links[rowAfter(current, step, links.length)];
  next?.focus();
  next?.closest('tr')?.scrollIntoView({ block: 'nearest' });
  return next !== undefined;
}
