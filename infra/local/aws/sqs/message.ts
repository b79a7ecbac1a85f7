import { createHash } from 'node:crypto';

/** As on the wire; `BinaryValue` is base64. */
export interface MessageAttribute {
  DataType: string;
  StringValue?: string;
  BinaryValue?: string;
}
export type MessageAttributes = Readonly<Record<string, MessageAttribute>>;

/** What a message is, whatever happens to it: this is what the disk holds. */
export interface MessageContent {
  readonly id: string;
  readonly body: string;
  readonly md5: string;
  readonly sentAt: number;
  /** Not to be received before this time; in milliseconds, as all times here. */
  readonly notBefore: number;
  readonly attributes?: MessageAttributes;
  readonly groupId?: string;
  readonly deduplicationId?: string;
  readonly traceHeader?: string;
  /** ARN of the queue that gave the message up. */
  readonly deadLetterSource?: string;
}

export interface Receives {
  count: number;
  firstAt?: number;
}

/** A message in a queue. */
export interface QueuedMessage {
  /** Place in the queue's journal. */
  readonly sequence: number;
  readonly content: MessageContent;
  receives: Receives;
  state: 'visible' | 'inFlight' | 'delayed';
  /** Grows with every change of state, so that an alarm set for an earlier state is known as stale. */
  turn: number;
}

export function md5OfBody(body: string): string {
  return createHash('md5').update(body).digest('hex');
}

/** The digest SQS documents: attributes by name, each part preceded by its length in four bytes. */
export function md5OfAttributes(attributes: MessageAttributes | undefined): string | undefined {
  const names = Object.keys(attributes ?? {}).sort();
  if (!attributes || names.length === 0) return undefined;
  const hash = createHash('md5');
  const add = (part: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(part.length);
    hash.update(length).update(part);
  };
  for (const name of names) {
    const attribute = attributes[name];
    if (!attribute) continue;
    add(Buffer.from(name));
    add(Buffer.from(attribute.DataType));
    const binary = attribute.DataType.startsWith('Binary');
    hash.update(Buffer.from([binary ? 2 : 1]));
    add(attributeValue(attribute));
  }
  return hash.digest('hex');
}

/** Bytes that count against the size limits: body and attributes, not system attributes. */
export function sizeOf(body: string, attributes: MessageAttributes = {}): number {
  return Object.entries(attributes).reduce(
    (sum, [name, attribute]) =>
      sum + Buffer.byteLength(name) + Buffer.byteLength(attribute.DataType) + attributeValue(attribute).length,
    Buffer.byteLength(body),
  );
}

function attributeValue(attribute: MessageAttribute): Buffer {
  return attribute.DataType.startsWith('Binary')
    ? Buffer.from(attribute.BinaryValue ?? '', 'base64')
    : Buffer.from(attribute.StringValue ?? '');
}
