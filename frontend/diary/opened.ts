import { signal } from '@preact/signals';
import type { ComponentType } from 'preact';
import type { Route } from './router';

/** What the app can show in its middle. */
export type PlaceName = Exclude<Route['name'], 'not_found'> | 'goodbye' | 'refused';

/** What the address tells a page; a page takes what it needs. */
export interface PlaceProps {
  date?: string;
  section?: string | null;
}

export type PlacePage = ComponentType<PlaceProps>;

/** The places at hand. */
export const opened = signal<Partial<Record<PlaceName, PlacePage>>>({});
/** A place that could not be fetched: the app is not on this phone yet as a whole. */
export const missing = signal<PlaceName | null>(null);

/** Brings a place to hand, or notes that it is missing. */
export async function bring(name: PlaceName, fetchPage: () => Promise<PlacePage>): Promise<void> {
  if (opened.value[name]) return;
  missing.value = null;
  try {
    const page = await fetchPage();
    opened.value = { ...opened.value, [name]: page };
  } catch {
    missing.value = name;
  }
}
