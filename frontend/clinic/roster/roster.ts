import { computed, signal } from '@preact/signals';
import { bodyOf } from '../../shared/api/client';
import { api } from '../api';
import { resource } from '../load';
import type { PatientRow } from '../records';
import { language } from '../texts';
import { filterPatients, sortPatients, type Filter, type Order } from './order';

/** The patients who share with the reader. */
export const roster = resource<PatientRow[]>(async () => {
  const { patients } = await bodyOf(api.GET('/api/patients'));
  return patients as PatientRow[];
});

const EVERYONE: Filter = { query: '', state: 'all' };

/** Order and filter outlive a visit to a patient's page, so that coming back finds the list as it was. */
export const order = signal<Order>({ key: 'useful', descending: false });
export const filter = signal<Filter>(EVERYONE);

/** Whether the q-values are on screen: figures for whoever picks from many patients, so they come on request. */
export const showsQ = signal(false);

/** Shows the q-values or puts them away; nothing stays sorted by what is not on screen. */
export function switchQ(on: boolean): void {
  showsQ.value = on;
  if (!on && order.value.key === 'q') sortBy({ key: 'useful', descending: false });
}

/** The row last opened, where the keyboard continues on return. */
export const lastOpened = signal<string | null>(null);

/** How many rows are drawn: a screenful and a half more. A long roster stays quick because the rest waits for the scroll. */
const FIRST_ROWS = 40;
const MORE_ROWS = 120;
export const drawnRows = signal(FIRST_ROWS);

/** Draws the next rows, or all of them. */
export function drawMore(rows = MORE_ROWS): void {
  drawnRows.value += rows;
}

/** A new order begins at its top. */
export function sortBy(next: Order): void {
  order.value = next;
  drawnRows.value = FIRST_ROWS;
}

/** A new filter begins at its top. */
export function narrow(next: Partial<Filter>): void {
  filter.value = { ...filter.value, ...next };
  drawnRows.value = FIRST_ROWS;
}

export function showEveryone(): void {
  narrow(EVERYONE);
}

const sorted = computed(() => {
  const { value } = roster.state;
  return value.status === 'ready' ? sortPatients(value.value, order.value, language.value) : [];
});

/** The patients who pass the filter, in order. */
export const shown = computed(() => filterPatients(sorted.value, filter.value));
