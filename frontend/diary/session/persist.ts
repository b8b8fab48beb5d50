import { effect } from '@preact/signals';
import { diary, unsent } from './signals';

// Where the request is missing or refused, the diary stays where it is.
const persist = async () => navigator.storage.persist();

/** Asks the browser to keep the diary once it holds something: it may clear the storage of a site it finds unimportant. */
export function askToKeep(): void {
  let asked = false;
  effect(() => {
    if (asked || unsent.value.length + diary.value.marks.length === 0) return;
    asked = true;
    void persist().catch(() => undefined);
  });
}
