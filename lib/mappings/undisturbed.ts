import type { Observer } from '../queue/observe.ts';
import { type OdooAccess, withOdoo } from '../queue/odoo.ts';
import { intervalOf, readSettings } from '../store/connections.ts';
import { Lane } from '../store/lanes.ts';

/** A request has 29 seconds in all. */
const PATIENCE_MS = 8_000;

/**
 * Changes mappings while nobody else reads or writes them: a consumer that had read them before would write
 * over the change.
 * @throws ConnectorError LANE_BUSY
 */
export async function undisturbed<T>(connection: string, work: () => Promise<T>, patienceMs = PATIENCE_MS): Promise<T> {
  const settings = await readSettings(connection);
  const lane = await Lane.take(connection, settings === undefined ? 0 : intervalOf(settings), patienceMs);
  try {
    return await work();
  } finally {
    await lane.giveBack();
  }
}

/** Looks into Odoo, undisturbed in the same way. @throws ConnectorError as `withOdoo` */
export async function lookIntoOdoo<T>(
  connection: string,
  observer: Observer,
  work: (access: OdooAccess) => Promise<T>,
): Promise<T> {
  return withOdoo(
    connection,
    (report) => {
      observer.info('odoo call', { connection, ...report });
      observer.count('OdooCalls', 1);
    },
    work,
    { patienceMs: PATIENCE_MS },
  );
}
