import { ApiProblem, bodyOf } from '../../../shared/api/client';
import type { ImportPreview } from '../../../shared/api/types';
import { problemText } from '../../phone/problem';
import { api } from '../../api';
import { session } from '../../session/signals';
import { dataTexts } from '../../texts';

/** What was chosen: Charley's own zip, one table, or two that belong together. */
export type Chosen = readonly File[];

/** Asks what bringing these files in would do. Entries of this phone go first, so that the answer knows them. */
export async function previewOf(files: Chosen): Promise<ImportPreview> {
  await session.value?.sync.run();
  return (await bodyOf(api.POST('/api/import/preview', sent(files)))) as ImportPreview;
}

/** Adds what the preview showed, fetches it to this phone, and says how many nights it was. */
export async function bringIn(files: Chosen, { fingerprint }: ImportPreview): Promise<number> {
  const { added } = await bodyOf(api.POST('/api/import', { params: { query: { fingerprint } }, ...sent(files) }));
  await session.value?.sync.run();
  return added;
}

/** The diary or the file is not what the preview showed. */
export const isChanged = (error: unknown) => error instanceof ApiProblem && error.status === 409;

/** What stands against a file, in words. */
export function importProblem(error: unknown): string {
  const t = dataTexts.value;
  if (!(error instanceof ApiProblem)) return problemText(error, t.import.offline);
  if (error.status === 413) return t.import.large;
  const { reason, line } = error.problem as { reason?: string; line?: number | null };
  if (reason === 'unreadable' && line) return t.files.unreadableLine(line);
  const said = t.files[reason as Exclude<keyof typeof t.files, 'unreadableLine'>] as string | undefined;
  return said ?? problemText(error);
}

function sent(files: Chosen) {
  const form = new FormData();
  files.slice(0, 2).forEach((file, at) => form.append(at === 0 ? 'file' : 'second', file));
  // The generated type of a file in a form is a string.
  return { body: { file: '' }, bodySerializer: () => form };
}
