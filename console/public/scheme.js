// Light or dark is decided before anything is drawn. A file of its own, because the policy allows no inline script.
(() => {
  let chosen = 'auto';
  try {
    chosen = localStorage.getItem('opencart-odoo.scheme') ?? 'auto';
  } catch {
    // Storage can be forbidden, as in a frame of another site: then the system's choice is taken.
  }
  const isDark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', isDark ? 'dark' : 'light');
})();
