import type { IncomingMessage } from 'node:http';

/**
 * Reads a request's body, or answers undefined if it is longer than `maxBytes`. What is too long is read to
 * its end all the same and thrown away: a client that is still sending would not see the answer otherwise.
 */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer | undefined> {
  let chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= maxBytes) chunks.push(chunk);
    else chunks = [];
  }
  return size <= maxBytes ? Buffer.concat(chunks) : undefined;
}
