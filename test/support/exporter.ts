/** A store that only exports, and does so as badly as a test wants. */
import { createServer, type IncomingMessage } from 'node:http';
import { onTestFinished } from 'vitest';
import { close, listen } from '../../infra/local/aws/listen.ts';
import { type Answer, answerExport, type Exported, type ExportedRecord } from '../../infra/local/store/exporter.ts';
import type { ExportRequest } from '../../lib/opencart/export.ts';

/** What a request gets instead of its answer: an answer of another kind, or no answer at all. */
export type Trouble = Answer | 'hang up' | 'html';

export interface Exporter {
  url: string;
  /** Entity → record id → snapshot; change it as the store would. */
  records: Record<string, Map<string, unknown>>;
  /** Entity/record id → when it changed. */
  changedAt: Map<string, string>;
  sequence: number;
  flushes: number;
  /** Every request that was answered well. */
  requests: ExportRequest[];
  /** Asked before every answer. */
  trouble: (request: ExportRequest) => Trouble | undefined | Promise<Trouble | undefined>;
}

export async function startExporter(signing: { connection: string; secret: string }): Promise<Exporter> {
  const exporter: Exporter = {
    ...{ url: '', records: {}, changedAt: new Map(), sequence: 0, flushes: 0, requests: [] },
    trouble: () => undefined,
  };
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request);
    const asked = JSON.parse(body.toString()) as ExportRequest;
    const trouble = await exporter.trouble(asked);
    if (trouble === 'hang up') response.destroy();
    else if (trouble === 'html') response.writeHead(503, { 'content-type': 'text/html' }).end('<h1>Maintenance</h1>');
    else {
      const answer = trouble ?? (await answerExport(exportedBy(exporter, signing), request.headers, body));
      if (trouble === undefined) exporter.requests.push(asked);
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify(answer.body));
    }
  });
  exporter.url = `${await listen(server)}/index.php?route=extension/odoo/export`;
  onTestFinished(() => close(server));
  return exporter;
}

function exportedBy(exporter: Exporter, signing: { connection: string; secret: string }): Exported {
  const entities = Object.entries(exporter.records).map(([entity, records]) => {
    const list = (): ExportedRecord[] =>
      [...records].map(([recordId, data]) => ({
        ...{ recordId, data: data as Record<string, unknown> },
        changedAt: exporter.changedAt.get(`${entity}/${recordId}`),
      }));
    return [entity, list] as const;
  });
  return {
    ...signing,
    entities: Object.fromEntries(entities),
    changedSince: exporter.changedAt.size > 0,
    sequence: () => exporter.sequence,
    flush: async () => {
      exporter.flushes += 1;
      return { sent: 0, waiting: 0 };
    },
  };
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}
