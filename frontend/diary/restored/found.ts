import { signal } from '@preact/signals';
import type { PlainDate } from '../../shared/nights';

/** Nights on this phone, told by their number and their dates. */
export interface Found {
  account: string;
  nights: number;
  first: PlainDate | null;
  last: PlainDate | null;
  /** Where the person goes on once this is settled. */
  onward: string;
}

/** The open diary, where a restore lost its account. */
export const lostHere = signal<Found | null>(null);
