/** A store with any number of products, made when they are asked for: docs/export.md, as far as a full run asks. */
import { createServer, type Server } from 'node:http';
import { json } from 'node:stream/consumers';
import { type ExportRequest, exportRequest, MAX_PAGE_ROWS } from '../../../lib/opencart/export.ts';
import { close, listen } from '../aws/listen.ts';
import { product } from './records.ts';

export class Exporter {
  readonly #server: Server;
  url = '';

  constructor(count: number, shared: string) {
    this.#server = createServer(async (request, response) => {
      const asked = exportRequest.parse(await json(request));
      const body = JSON.stringify(answer(asked, count, shared));
      response.writeHead(200, { 'content-type': 'application/json' }).end(body);
    });
  }

  async start(): Promise<void> {
    this.url = await listen(this.#server);
  }

  stop(): Promise<void> {
    return close(this.#server);
  }
}

function answer(asked: ExportRequest, count: number, shared: string): object {
  if (asked.mode === 'capabilities') {
    const entities = [{ entity: 'product', changedSince: false }];
    return { version: 1, maxLimit: MAX_PAGE_ROWS, flush: false, entities };
  }
  if (asked.mode !== 'all') throw new Error(`A full run does not ask for "${asked.mode}".`);
  const from = Number(asked.after ?? 0);
  const length = Math.min(asked.limit, count - from);
  const rows = Array.from({ length }, (_, index) => {
    const recordId = `${shared}-p${from + index}`;
    return { recordId, hash: recordId, data: product(recordId, shared) };
  });
  const hasMore = from + length < count;
  const nextAfter = hasMore ? String(from + length) : null;
  return { entity: asked.entity, rows, hasMore, nextAfter, total: count, sequence: 1, time: new Date().toISOString() };
}
