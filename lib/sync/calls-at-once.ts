/** Several calls of one batch under way at once, where the settings allow it (`callsAtOnce`). */

/** Fewer records are not worth a call of their own. */
const LEAST_RECORDS = 25;

/** Into how large parts so many records are cut: at most `most`, smaller where that gives each call its share. */
export const recordsPerCall = (records: number, most: number, callsAtOnce: number): number =>
  Math.min(most, Math.max(LEAST_RECORDS, Math.ceil(records / callsAtOnce)));

/** How many calls that makes. */
export const callsFor = (records: number, most: number, callsAtOnce: number): number =>
  records === 0 ? 0 : Math.ceil(records / recordsPerCall(records, most, callsAtOnce));
