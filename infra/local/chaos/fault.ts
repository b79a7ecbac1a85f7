/** What can go wrong with one request, in the words of the proxy that plays it. */

/** An answer that the service itself did not give. */
export interface Answer {
  status: number;
  type: string;
  body: string;
  headers?: Readonly<Record<string, string>>;
}

export interface Fault {
  /** As counted. */
  name: string;
  /** How often the service gets the request: not at all, once, or once more than was asked. */
  passed: 0 | 1 | 2;
  /** Milliseconds before it is passed on. */
  wait?: number;
  /** The caller gets his answer at once; the service gets the request so many milliseconds later. */
  behindMs?: number;
  /**
   * What the caller gets: the service's answer, another one (also one to what was asked), the connection closed
   * without a word or in the middle of the answer, or the service's answer after so many milliseconds.
   */
  gets: 'answer' | 'hang up' | 'cut' | Answer | ((asked: Buffer) => Answer) | { late: number };
}

/** A kind of fault with its weight among the others of its service. */
export type Kind = readonly [weight: number, fault: Fault];

/** What every service behind HTTP does now and then. `lateMs` is longer than the caller waits. */
export const httpFaults = (lateMs: number): Kind[] => [
  [3, { name: 'refused', passed: 0, gets: 'hang up' }],
  [4, { name: 'lost answer', passed: 1, gets: 'hang up' }],
  [2, { name: 'cut answer', passed: 1, gets: 'cut' }],
  [1, { name: 'late answer', passed: 1, gets: { late: lateMs } }],
  [1, { name: 'slow', passed: 1, wait: 400, gets: 'answer' }],
];
