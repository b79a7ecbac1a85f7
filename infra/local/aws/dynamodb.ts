import { mkdir } from 'node:fs/promises';
import type { Server } from 'node:http';
import dynalite from 'dynalite';
import type { EmbeddedService } from './embedded-service.ts';
import { close, listen } from './listen.ts';

export interface DynamoDbOptions {
  /** Where items are kept; in memory without. */
  dataDir?: string;
  port?: number;
  /** Told of every request: its operation, e.g. `PutItem`, and its body. */
  onRequest?: (operation: string, body: string) => void;
}

/** Starts an embedded DynamoDB. */
export async function startDynamoDb(options: DynamoDbOptions = {}): Promise<EmbeddedService> {
  if (options.dataDir) await mkdir(options.dataDir, { recursive: true });
  const server = dynalite({ createTableMs: 0, ...(options.dataDir && { path: options.dataDir }) });
  surviveAbortedRequests(server);
  if (options.onRequest) listenIn(server, options.onRequest);
  server.keepAliveTimeout = 65_000;
  const endpoint = await listen(server, options.port);
  return { endpoint, stop: () => close(server) };
}

/**
 * dynalite throws from an event listener when a client hangs up in the middle of a request, which would
 * end the whole process: a function that is stopped at its time limit does just that.
 */
function surviveAbortedRequests(server: Server): void {
  const [handle] = server.listeners('request');
  if (!handle) throw new Error('dynalite no longer handles requests by a listener');
  server.removeAllListeners('request');
  server.on('request', (request, response) => {
    handle.call(server, request, response);
    request.removeAllListeners('error');
    request.on('error', () => response.destroy());
  });
}

function listenIn(server: Server, onRequest: (operation: string, body: string) => void): void {
  server.on('request', (request) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const target = String(request.headers['x-amz-target']);
      onRequest(target.slice(target.indexOf('.') + 1), Buffer.concat(parts).toString('utf8'));
    });
  });
}
