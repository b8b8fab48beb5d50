import type { OutboxRow } from '../store/schema';
import { saveFile } from './save-file';

/** The unsent entries as a JSON text that says which night and what was to happen to it. */
export function unsentAsText(rows: readonly OutboxRow[]): string {
  const entries = rows.map(({ night_date, body, edited_at, refusal }) => {
    return { night_date, action: body ? 'save' : 'delete', edited_at, night: body, refusal };
  });
  return JSON.stringify({ format: 'charley-unsent-1', entries }, null, 2);
}

/** Saves the unsent entries as a file. */
export function saveUnsent(rows: readonly OutboxRow[]): void {
  void saveFile(new Blob([unsentAsText(rows)], { type: 'application/json' }), 'charley-unsent.json');
}
