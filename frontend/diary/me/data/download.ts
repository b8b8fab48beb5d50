import { api } from '../../api';
import { saveFile } from '../save-file';

/** What can be downloaded of one's own diary. */
export type Download = 'everything' | 'nights' | 'cramps';

/** Fetches a file whole, then saves it under the server's name for it. */
export async function download(what: Download, dialect: 'comma' | 'semicolon' = 'comma'): Promise<void> {
  const { data, response } = await fetched(what, dialect);
  await saveFile(data as Blob, nameOf(response) ?? 'charley');
}

function fetched(what: Download, dialect: 'comma' | 'semicolon') {
  if (what === 'everything') return api.GET('/api/me/data.zip', { parseAs: 'blob' });
  const params = { query: { dialect } };
  if (what === 'nights') return api.GET('/api/me/nights.csv', { params, parseAs: 'blob' });
  return api.GET('/api/me/cramps.csv', { params, parseAs: 'blob' });
}

function nameOf(response: Response): string | undefined {
  return /filename="?([\w.-]+)/.exec(response.headers.get('Content-Disposition') ?? '')?.[1];
}
