import { Alarms } from './alarms.ts';
import type { Change, Journal, QueueRecord, StoredQueue } from './journal.ts';
import type { MessageContent, QueuedMessage } from './message.ts';
import { Noise } from './noise.ts';

export interface QueueCounts {
  visible: number;
  inFlight: number;
  delayed: number;
}

interface Receiver {
  max: number;
  visibilityMs: number;
  answer(messages: QueuedMessage[]): void;
}

/** Where messages go that were received too often. */
export interface Redrive {
  target: Queue;
  maxReceiveCount: number;
}

/** One standard queue: its messages in memory, their journal on disk. */
export class Queue {
  readonly record: QueueRecord;
  readonly arn: string;
  readonly #journal: Journal;
  readonly #redrive: () => Redrive | undefined;
  readonly #messages = new Map<number, QueuedMessage>();
  /** In the order they will be received. */
  readonly #visible = new Set<QueuedMessage>();
  #inFlight = 0;
  readonly #noise = new Noise();
  readonly #receivers = new Set<Receiver>();
  readonly #alarms = new Alarms((message) => this.#show(message));
  #lastSequence = 0;

  constructor(
    record: QueueRecord,
    options: { arn: string; journal: Journal; redrive: (queue: Queue) => Redrive | undefined },
  ) {
    this.record = record;
    this.arn = options.arn;
    this.#journal = options.journal;
    this.#redrive = () => options.redrive(this);
  }

  get name(): string {
    return this.record.name;
  }

  get counts(): QueueCounts {
    const visible = this.#visible.size;
    return { visible, inFlight: this.#inFlight, delayed: this.#messages.size - visible - this.#inFlight };
  }

  /**
   * Takes up what the journal holds. A message that was in flight is visible again at once, whatever was left
   * of its visibility timeout: its consumer ran on this machine too and ended with the process, so nobody
   * would gain by waiting.
   */
  restore(stored: StoredQueue['messages']): void {
    for (const { sequence, content, receives } of stored) this.#enter(sequence, content, receives);
  }

  /** Resolves once the messages survive the end of this process; only then can they be received. */
  async send(contents: readonly MessageContent[]): Promise<void> {
    const entering = contents.map((content) => ({ sequence: this.#nextSequence(), content }));
    await this.#journal.write(
      entering.map(({ sequence, content }): Change => ({ kind: 'message', queue: this.name, sequence, content })),
    );
    for (const { sequence, content } of entering) this.#enter(sequence, content, { count: 0 });
    this.#serve();
  }

  /** Answers as soon as there is a message, with none after `waitMs` or when the caller is gone. */
  receive(request: { max: number; visibilityMs: number; waitMs: number; gone: AbortSignal }): Promise<QueuedMessage[]> {
    const { max, visibilityMs, waitMs, gone } = request;
    const messages = this.#take(max, visibilityMs);
    if (messages.length > 0 || waitMs <= 0 || gone.aborted) return Promise.resolve(messages);
    return new Promise((resolve) => {
      const stopWaiting = () => receiver.answer([]);
      const receiver: Receiver = {
        max,
        visibilityMs,
        answer: (found) => {
          clearTimeout(timer);
          gone.removeEventListener('abort', stopWaiting);
          this.#receivers.delete(receiver);
          resolve(found);
        },
      };
      const timer = setTimeout(stopWaiting, waitMs);
      gone.addEventListener('abort', stopWaiting);
      this.#receivers.add(receiver);
    });
  }

  /** Undoes a receive whose answer never reached its caller. */
  release(messages: readonly QueuedMessage[]): void {
    for (const message of messages) {
      message.receives = { ...message.receives, count: message.receives.count - 1 };
      this.#show(message);
    }
  }

  /** The message with this sequence, while it is in the queue. */
  find(sequence: number): QueuedMessage | undefined {
    return this.#messages.get(sequence);
  }

  async delete(messages: readonly QueuedMessage[]): Promise<void> {
    for (const message of messages) this.#leave(message);
    await this.#journal.write(
      messages.map(({ sequence }): Change => ({ kind: 'dropMessage', queue: this.name, sequence })),
    );
  }

  changeVisibility(message: QueuedMessage, visibilityMs: number): void {
    if (visibilityMs === 0) this.#show(message);
    else this.#hide(message, 'inFlight', Date.now() + visibilityMs);
  }

  purge(): Promise<void> {
    return this.delete([...this.#messages.values()]);
  }

  /** Moves what is visible now to the queue each message came from, or to `target`. */
  async moveVisible(target: (content: MessageContent) => Queue | undefined): Promise<number> {
    const moves = [...this.#visible].flatMap((message) => {
      const queue = target(message.content);
      return queue ? [{ message, queue }] : [];
    });
    await Promise.all(
      moves.map(({ message, queue }) => {
        const { deadLetterSource: _, ...content } = message.content;
        return this.#moveTo(queue, message, content);
      }),
    );
    return moves.length;
  }

  /** Sends every waiting receiver home and stops the clock. */
  close(): void {
    for (const receiver of [...this.#receivers]) receiver.answer([]);
    this.#alarms.clear();
  }

  #nextSequence(): number {
    this.#lastSequence += 1;
    return this.#lastSequence;
  }

  #enter(sequence: number, content: MessageContent, receives: QueuedMessage['receives']): void {
    this.#lastSequence = Math.max(this.#lastSequence, sequence);
    const message: QueuedMessage = { sequence, content, receives, state: 'visible', turn: 0 };
    this.#messages.set(sequence, message);
    if (content.notBefore > Date.now()) this.#hide(message, 'delayed', content.notBefore);
    else this.#visible.add(message);
  }

  #leave(message: QueuedMessage): void {
    if (!this.#messages.delete(message.sequence)) return;
    this.#visible.delete(message);
    this.#countInFlight(message, 'gone');
    message.turn += 1;
  }

  /** Before a message changes its state. */
  #countInFlight(message: QueuedMessage, next: QueuedMessage['state'] | 'gone'): void {
    if ((message.state === 'inFlight') === (next === 'inFlight')) return;
    const change = next === 'inFlight' ? 1 : -1;
    this.#inFlight += change;
    this.#noise.count(message, change);
  }

  #hide(message: QueuedMessage, state: 'inFlight' | 'delayed', until: number): void {
    this.#visible.delete(message);
    this.#countInFlight(message, state);
    message.state = state;
    message.turn += 1;
    this.#alarms.set(message, until);
  }

  #show(message: QueuedMessage): void {
    this.#countInFlight(message, 'visible');
    message.state = 'visible';
    message.turn += 1;
    this.#visible.add(message);
    this.#serve();
  }

  #serve(): void {
    for (const receiver of this.#receivers) {
      if (this.#visible.size === 0) return;
      const messages = this.#take(receiver.max, receiver.visibilityMs);
      if (messages.length > 0) receiver.answer(messages);
    }
  }

  #take(max: number, visibilityMs: number): QueuedMessage[] {
    const taken: QueuedMessage[] = [];
    const now = Date.now();
    const redrive = this.#redrive();
    const retentionMs = Number(this.record.attributes.MessageRetentionPeriod) * 1000;
    for (const message of this.#noise.inTurn(this.#visible)) {
      if (taken.length === max) break;
      if (message.content.sentAt + retentionMs < now) {
        this.#inBackground(this.delete([message]));
      } else if (redrive && message.receives.count >= redrive.maxReceiveCount) {
        const content = { ...message.content, deadLetterSource: this.arn };
        this.#inBackground(this.#moveTo(redrive.target, message, content));
      } else {
        taken.push(message);
      }
    }
    for (const message of taken) {
      message.receives = { count: message.receives.count + 1, firstAt: message.receives.firstAt ?? now };
      if (visibilityMs > 0) {
        this.#hide(message, 'inFlight', now + visibilityMs);
      } else {
        // Stays visible, behind the others.
        this.#visible.delete(message);
        this.#visible.add(message);
      }
    }
    if (taken.length > 0) this.#inBackground(this.#journal.write(taken.map((message) => this.#received(message))));
    return taken;
  }

  #received({ sequence, receives }: QueuedMessage): Change {
    return { kind: 'receives', queue: this.name, sequence, receives };
  }

  /**
   * At once in memory, so that the message is at every moment in exactly one of the two queues' counts; and in
   * one write for both, so that the same holds after a kill.
   */
  #moveTo(target: Queue, message: QueuedMessage, content: MessageContent): Promise<void> {
    this.#leave(message);
    const sequence = target.#nextSequence();
    target.#enter(sequence, content, { count: 0 });
    const written = this.#journal.write([
      { kind: 'dropMessage', queue: this.name, sequence: message.sequence },
      { kind: 'message', queue: target.name, sequence, content },
    ]);
    target.#serve();
    return written;
  }

  /** For writes nobody waits for: should one fail, the message is delivered again, which it always may be. */
  #inBackground(writing: Promise<void>): void {
    writing.catch(() => undefined);
  }
}
