import type { Plugin } from 'vite';

// What the back end answers itself, the report of a visit and the documentation of the API included.
const backEnd = ['/api', '/healthz', '/metrics'];

/** Puts Vite's own server before a back end that runs at `address`, at the addresses that pages have when they are built. */
export function develop(address: string | undefined): Plugin {
  return {
    name: 'charley-develop',
    apply: 'serve',
    config: () => ({ server: { proxy: address ? Object.fromEntries(backEnd.map((path) => [path, { target: address }])) : {} } }),
    configureServer({ middlewares }) {
      middlewares.use((request, _answer, next) => {
        // A module of the clinic lies at such an address too, but nobody opens it as a page.
        const opened = request.headers.accept?.includes('text/html');
        if (opened && request.url?.startsWith('/clinic/')) request.url = '/clinic/index.html';
        next();
      });
    },
  };
}
