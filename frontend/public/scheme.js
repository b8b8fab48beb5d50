// Runs before the first paint, so that a chosen scheme or language never flashes in late.
{
  const scheme = localStorage.getItem('charley-scheme');
  if (scheme === 'light' || scheme === 'dark') document.documentElement.dataset.scheme = scheme;
  const language = localStorage.getItem('charley-language') ?? navigator.language;
  document.documentElement.lang = language.startsWith('es') ? 'es' : 'en';
}
