/**
 * The engine in a process of its own, with nothing of AWS in it: mappings are kept in memory, so that what is
 * left is reading the message, checking and comparing the snapshot, planning, and talking XML-RPC.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { findEntity, registry } from '../../../lib/entities/index.ts';
import { Odoo } from '../../../lib/odoo/client.ts';
import { readDialect } from '../../../lib/odoo/dialect.ts';
import { downloadImage } from '../../../lib/opencart/download.ts';
import { readMessage } from '../../../lib/queue/receive.ts';
import { connectionSettings } from '../../../lib/store/connections.ts';
import { documents } from '../../../lib/store/documents.ts';
import type { AnyEntity } from '../../../lib/sync/declare.ts';
import { syncBatch } from '../../../lib/sync/engine.ts';
import { serve } from '../child-side.ts';
import { odooTarget } from '../odoo-target.ts';
import { keepInMemory } from './memory-table.ts';
import { STATUSES } from './records.ts';

const options = z.object({ odoo: odooTarget, connection: z.string(), entity: z.string() });

await serve(async (given) => {
  const { odoo: target, connection, entity } = options.parse(given);
  process.env.TABLE_MAPPINGS = 'mappings';
  keepInMemory(documents);
  const { url, database, login: user, password } = target;
  const credentials = { url, database, user, password };
  const odoo = new Odoo({ credentials, pace: async () => {} });
  const dialect = await readDialect(credentials, odoo);
  const settings = connectionSettings.parse({ odooUrl: url, odooDatabase: database, statusMapping: STATUSES });
  const tools = { registry, odoo, download: downloadImage, context: { connection, settings, dialect } };
  return {
    ready: {},
    answers: {
      /** Syncs messages as one batch. @returns milliseconds of CPU */
      async sync(argument) {
        const bodies = z.array(z.string()).parse(argument);
        // What came with the question has been dealt with.
        await sleep(0);
        const before = process.cpuUsage();
        const events = await Promise.all(bodies.map(async (body) => (await readMessage(body)).message.event));
        const items = events.map(({ id: eventId, ...event }) => ({ ...event, eventId }));
        const outcomes = await syncBatch(tools, findEntity(entity) as AnyEntity, items);
        const { user, system } = process.cpuUsage(before);
        const failed = outcomes.find(({ error }) => error !== undefined);
        if (failed !== undefined) throw failed.error;
        return (user + system) / 1_000;
      },
    },
  };
});
