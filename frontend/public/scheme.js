// Runs before the first paint, so that a chosen scheme or language never flashes in late.
{
  const kept = (/** @type {string} */ name) => {
    try {
      return localStorage.getItem(name);
    } catch {
      return null;
    }
  };
  const scheme = kept('charley-scheme');
  if (scheme === 'light' || scheme === 'dark') document.documentElement.dataset.scheme = scheme;
  // The screen for the night is dark from the first moment, before any style has arrived.
  const night = location.pathname === '/cramp';
  document.documentElement.toggleAttribute('data-night', night);
  if (night) document.querySelector('meta[name="color-scheme"]')?.setAttribute('content', 'dark');
  const language = kept('charley-language') ?? navigator.language;
  const spanish = language.startsWith('es');
  document.documentElement.lang = spanish ? 'es' : 'en';
  // What the home screen says of the app speaks the same language.
  if (spanish) document.querySelector('link[rel="manifest"]')?.setAttribute('href', '/manifest.es.webmanifest');
}
