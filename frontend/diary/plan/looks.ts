import type { Trial } from '../../shared/api/types';

/** After how many nights a staged trial may end; none where it has one answer at the end. Looks count pairs of blocks. */
export function lookNights({ looks, block_nights }: Pick<Trial, 'looks' | 'block_nights'>): number[] {
  return looks.map((pairs) => pairs * 2 * (block_nights ?? 0));
}
