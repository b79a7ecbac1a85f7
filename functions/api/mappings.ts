import * as contract from '../../lib/api/routes/mappings.ts';
import { registry } from '../../lib/entities/index.ts';
import { type Actor, existing, mapByHand, unmap } from '../../lib/mappings/by-hand.ts';
import { declared } from '../../lib/mappings/entities.ts';
import { exportMappings } from '../../lib/mappings/export.ts';
import { importMappings } from '../../lib/mappings/import.ts';
import { settled } from '../../lib/mappings/journal.ts';
import { listMappings } from '../../lib/mappings/list.ts';
import { countMappings, resetMappings } from '../../lib/mappings/reset.ts';
import { resetRow, wholeMapping } from '../../lib/mappings/show.ts';
import { syncNow } from '../../lib/mappings/sync-now.ts';
import { undoReset } from '../../lib/mappings/undo.ts';
import { listResets, type Reset } from '../../lib/store/resets.ts';
import { json } from '../stack/problem.ts';
import { serve, serves } from '../stack/serve.ts';
import { observer } from '../stack/telemetry.ts';

const actorOf = ({ connection, subject }: { connection: string; subject: string }): Actor => ({
  connection,
  by: subject,
  observer,
});

/** A request has 29 seconds: a piece of a reset that is begun by then is done in time. */
const LONGEST_MS = 15_000;
const forSomeTime = () => {
  const until = Date.now() + LONGEST_MS;
  return () => Date.now() < until;
};

const resetAnswer = (reset: Reset) =>
  json(reset.state === 'removing' || reset.state === 'restoring' ? 202 : 200, resetRow(reset));

/** Which record of the store is which in Odoo: looked at, decided by hand, forgotten, brought back. */
export const handler = serve(
  serves(contract.listMappings, async ({ params, query, claims }) => {
    await settled(claims.connection);
    const { names, ...rest } = query;
    const asked = { ...rest, names: names !== undefined };
    return json(200, await listMappings(claims.connection, declared(registry, params.entity), asked, observer));
  }),

  serves(contract.getMapping, async ({ params, claims: { connection } }) => {
    declared(registry, params.entity);
    await settled(connection);
    return json(200, await wholeMapping(connection, await existing(connection, params)));
  }),

  serves(contract.mapByHand, async ({ params, body, claims }) => {
    const { mapping, released } = await mapByHand(actorOf(claims), registry, params, body);
    return json(200, { ...(await wholeMapping(claims.connection, mapping)), released });
  }),

  serves(contract.unmap, async ({ params, claims }) => {
    declared(registry, params.entity);
    await unmap(actorOf(claims), params);
    return { statusCode: 204 };
  }),

  serves(contract.syncRecord, async ({ params, claims }) => {
    declared(registry, params.entity);
    return json(202, await syncNow(actorOf(claims), params));
  }),

  serves(contract.previewReset, async ({ body, claims }) => {
    await settled(claims.connection);
    return json(200, { counts: await countMappings(claims.connection, registry, body.entity) });
  }),

  serves(contract.resetMappings, async ({ body, claims }) => {
    return resetAnswer(await resetMappings(actorOf(claims), registry, body, forSomeTime()));
  }),

  serves(contract.listResets, async ({ claims }) => {
    return json(200, { resets: (await listResets(claims.connection)).map(resetRow) });
  }),

  serves(contract.undoReset, async ({ params, claims }) => {
    return resetAnswer(await undoReset(actorOf(claims), registry, params.id, forSomeTime()));
  }),

  serves(contract.exportMappings, async ({ params, query, claims }) => {
    const { name } = declared(registry, params.entity);
    await settled(claims.connection);
    const { csv, next } = await exportMappings(claims.connection, name, query.limit, query.cursor);
    return {
      statusCode: 200,
      headers: {
        'content-type': 'text/csv; charset=utf-8; header=present',
        'content-disposition': `attachment; filename="mappings-${name}.csv"`,
        'cache-control': 'no-store',
        ...(next === undefined ? {} : { 'x-next-cursor': next }),
      },
      body: csv,
    };
  }),

  serves(contract.importMappings, async ({ params, body, claims }) => {
    return json(200, await importMappings(actorOf(claims), registry, params.entity, body.csv));
  }),
);
