import type { QueuedMessage } from './message.ts';

interface Alarm {
  at: number;
  turn: number;
  message: QueuedMessage;
}

/**
 * Messages that become visible later, soonest first: a binary heap with one timer. An alarm is not taken
 * out when its message changes state in the meantime; it is recognised as stale when its time has come.
 */
export class Alarms {
  readonly #heap: Alarm[] = [];
  readonly #ring: (message: QueuedMessage) => void;
  #timer: NodeJS.Timeout | undefined;
  #timerAt = Number.POSITIVE_INFINITY;

  constructor(ring: (message: QueuedMessage) => void) {
    this.#ring = ring;
  }

  set(message: QueuedMessage, at: number): void {
    this.#push({ at, turn: message.turn, message });
    this.#arm();
  }

  clear(): void {
    this.#heap.length = 0;
    this.#disarm();
  }

  #arm(): void {
    const next = this.#heap[0]?.at ?? Number.POSITIVE_INFINITY;
    if (next >= this.#timerAt || next === Number.POSITIVE_INFINITY) return;
    this.#disarm();
    this.#timerAt = next;
    this.#timer = setTimeout(() => this.#ringDue(), Math.max(0, next - Date.now()));
  }

  #disarm(): void {
    clearTimeout(this.#timer);
    this.#timerAt = Number.POSITIVE_INFINITY;
  }

  #ringDue(): void {
    this.#timerAt = Number.POSITIVE_INFINITY;
    const now = Date.now();
    for (let first = this.#heap[0]; first && first.at <= now; first = this.#heap[0]) {
      this.#pop();
      if (first.turn === first.message.turn) this.#ring(first.message);
    }
    this.#arm();
  }

  #push(alarm: Alarm): void {
    const heap = this.#heap;
    let index = heap.length;
    while (index > 0) {
      const parentIndex = (index - 1) >> 1;
      const parent = heap[parentIndex];
      if (!parent || parent.at <= alarm.at) break;
      heap[index] = parent;
      index = parentIndex;
    }
    heap[index] = alarm;
  }

  #pop(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (!last || heap.length === 0) return;
    let index = 0;
    for (;;) {
      let childIndex = 2 * index + 1;
      let child = heap[childIndex];
      const right = heap[childIndex + 1];
      if (child && right && right.at < child.at) {
        child = right;
        childIndex += 1;
      }
      if (!child || child.at >= last.at) break;
      heap[index] = child;
      index = childIndex;
    }
    heap[index] = last;
  }
}
