import { mkdir } from 'node:fs/promises';
import type { Server } from 'node:http';
import dynalite from 'dynalite';
import type { EmbeddedService } from './embedded-service.ts';
import { close, listen } from './listen.ts';

/** Starts an embedded DynamoDB; what it holds is kept in `dataDir`, or in memory without one. */
export async function startDynamoDb(options: { dataDir?: string; port?: number } = {}): Promise<EmbeddedService> {
  if (options.dataDir) await mkdir(options.dataDir, { recursive: true });
  const server = dynalite({ createTableMs: 0, ...(options.dataDir && { path: options.dataDir }) });
  surviveAbortedRequests(server);
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
