/** What a holder of a lane died with: one of these records may be what it died of. */

/** How far a record is suspected. */
export interface Suspicion {
  /** So many records were worked on when it came to this. */
  among: number;
  /** Times that it was worked on alone. */
  alone: number;
  at: number;
}
/** By the record's name. Kept in the lane's item, so that they cost no request. */
export type Suspects = Map<string, Suspicion>;

const KEPT_MS = 86_400_000;
/** The item holds no more than 400 KB, and is written at each heartbeat. */
const MOST_KEPT = 1_000;

/** Suspects with those that a holder died with; who has not been heard of for a day is one no more. */
export function suspected(suspects: Suspects, died: readonly string[], now = Date.now()): Suspects {
  const next: Suspects = new Map([...suspects].filter(([, { at }]) => at > now - KEPT_MS));
  for (const name of died) {
    const { among = died.length, alone = 0 } = next.get(name) ?? {};
    next.set(name, {
      among: Math.min(among, died.length),
      alone: died.length === 1 ? alone + 1 : alone,
      at: now,
    });
  }
  return new Map([...next].slice(-MOST_KEPT));
}
