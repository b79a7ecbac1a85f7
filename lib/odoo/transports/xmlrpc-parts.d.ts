/** The two halves of the `xmlrpc` package, which its types leave out. */
declare module 'xmlrpc/lib/deserializer.js' {
  import type { Writable } from 'node:stream';

  /** What it asks of a stream. */
  interface Source {
    setEncoding(encoding: string): void;
    on(event: string, listener: (error: Error) => void): void;
    pipe(parser: Writable): void;
  }

  export default class Deserializer {
    /** Of the package `sax`; tells of each tag as it is opened. */
    parser: Writable;
    /** Values that were read and are not yet part of another. */
    stack: unknown[];
    /** Where in the stack each open list or struct begins. */
    marks: number[];
    /** Whether the text read last is a value without a type, which is a string. */
    value: boolean;
    push(value: unknown): void;
    endStruct(): void;
    deserializeMethodResponse(stream: Source, done: (error: unknown, value: unknown) => void): void;
  }
}

declare module 'xmlrpc/lib/serializer.js' {
  export function serializeMethodCall(method: string, params: readonly unknown[]): string;
}
