import { createApi } from '../shared/api/client';

/** The clinic's way to the server. */
export const api = createApi();
