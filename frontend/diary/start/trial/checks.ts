import { useEffect, useState } from 'preact/hooks';
import { bodyOf } from '../../../shared/api/client';
import type { DesignCheck } from '../../../shared/api/types';
import { api } from '../../api';
import { unlessUnreachable } from '../../sync/unreachable';
import { planOf, type TrialKind } from './plans';

/** What the server says of plans that may be drawn. */
export interface Checked {
  checks: Partial<Record<TrialKind, DesignCheck>>;
  unreachable: boolean;
}

/** Asks the server what each of some plans can show, and when; nothing is drawn. `kinds` stay the same while a page is open. */
export function useChecks(kinds: readonly TrialKind[], rate: number | null): Checked {
  const [checks, setChecks] = useState<Checked['checks']>({});
  const [unreachable, setUnreachable] = useState(false);
  useEffect(() => {
    let current = true;
    for (const kind of kinds) {
      void bodyOf(api.POST('/api/trials/check', { body: planOf(kind, rate) }))
        .catch(unlessUnreachable)
        .then((check) => {
          if (!current) return;
          if (check) setChecks((known) => ({ ...known, [kind]: check as DesignCheck }));
          else setUnreachable(true);
        });
    }
    return () => {
      current = false;
    };
  }, [rate]);
  return { checks, unreachable };
}
