/** Of several events of one record only the newest counts: it holds the record's whole state. */
export function collapse<T extends { recordId: string; sequence: number }>(
  items: readonly T[],
): { newest: T[]; superseded: T[] } {
  const newest = new Map<string, T>();
  const superseded: T[] = [];
  for (const item of items) {
    const other = newest.get(item.recordId);
    if (other === undefined || item.sequence > other.sequence) {
      newest.set(item.recordId, item);
      if (other !== undefined) superseded.push(other);
    } else {
      superseded.push(item);
    }
  }
  return { newest: [...newest.values()], superseded };
}
