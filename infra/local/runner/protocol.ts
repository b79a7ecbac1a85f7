/** What the runner and a function's execution environment say to each other. */

export interface EnvironmentData {
  /** URL of the bundle that exports `handler`. */
  code: string;
  functionName: string;
  memoryMB: number;
  /** Milliseconds that the clock of its machine is fast; negative: slow. */
  clockAheadMs: number;
}

export interface Invocation {
  requestId: string;
  /** As JSON, because that is how Lambda hands it over. */
  event: string;
  /** When the function's time is over, in milliseconds since the epoch. */
  deadline: number;
}

export type Order =
  | { kind: 'invoke'; invocation: Invocation }
  | { kind: 'set clock'; aheadMs: number }
  | { kind: 'finish' };

export type Report =
  | { kind: 'ready' }
  /** `heapBytes`: what this thread's own objects take, garbage included. */
  | { kind: 'done'; requestId: string; result: string; heapBytes: number }
  | { kind: 'failed'; requestId: string; error: { name: string; message: string; stack?: string | undefined } };
