/** Pages of the store that everybody may see; of customers and orders there are none. */
const pages: Record<string, (id: string) => string> = {
  product: (id) => `route=product/product&product_id=${id}`,
  category: (id) => `route=product/category&path=${id}`,
};

/** @param exportUrl the store's export endpoint, which is in the store's folder */
export function storeLink(exportUrl: string | undefined, entity: string, recordId: string): string | undefined {
  const query = pages[entity]?.(encodeURIComponent(recordId));
  if (query === undefined || exportUrl === undefined || !URL.canParse(exportUrl)) return undefined;
  const url = new URL(exportUrl);
  // Only OpenCart's own addresses are made like this.
  return url.pathname.endsWith('index.php') ? `${url.origin}${url.pathname}?${query}` : undefined;
}
