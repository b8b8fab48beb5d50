import { createApi } from '../shared/api/client';

/** The only client of this app. */
export const api = createApi();
