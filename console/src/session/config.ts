/** `/config.json`: where the API is, and whose pages may hold this one in a frame. */
export interface Config {
  /** Origin of the API; empty: our own. */
  api: string;
  /** Origins, e.g. `https://shop.example`. */
  parents: readonly string[];
  /** Packages of the store's extension that can be had at `/downloads/<name>`. */
  downloads: readonly string[];
}

export async function readConfig(): Promise<Config> {
  const response = await fetch('/config.json', { cache: 'no-store', credentials: 'omit' });
  if (!response.ok) throw new Error(`/config.json: HTTP status ${response.status}`);
  const { api, parents, downloads } = (await response.json()) as Partial<Config>;
  return { api: typeof api === 'string' ? api : '', parents: listOf(parents), downloads: listOf(downloads) };
}

function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
