/** The two halves of the `xmlrpc` package, which its types leave out. */
declare module 'xmlrpc/lib/deserializer.js' {
  import type { Readable } from 'node:stream';

  export default class Deserializer {
    /** Values that were read and are not yet part of another. */
    stack: unknown[];
    /** Where in the stack each open list or struct begins. */
    marks: number[];
    /** Whether the text read last is a value without a type, which is a string. */
    value: boolean;
    push(value: unknown): void;
    endStruct(): void;
    deserializeMethodResponse(stream: Readable, done: (error: unknown, value: unknown) => void): void;
  }
}

declare module 'xmlrpc/lib/serializer.js' {
  export function serializeMethodCall(method: string, params: readonly unknown[]): string;
}
