/** Settings that name a record of Odoo are looked up there, as far as Odoo can be asked. */
import { asConnectorError, type FieldProblem } from '../errors/index.ts';
import type { Observer } from '../queue/observe.ts';
import { withLane } from '../queue/odoo.ts';
import type { ConnectionSettings } from '../store/connections.ts';

const models = {
  discountProductId: 'product.product',
  defaultJournalId: 'account.journal',
  warehouseId: 'stock.warehouse',
  locationId: 'stock.location',
} as const;
type Reference = keyof typeof models;

/** Who saves settings waits no longer: an Odoo that is down must not keep anybody from mending its URL. */
const WAIT_MS = 5_000;

/**
 * What is wrong with the records that settings name and did not name before.
 * @param from the settings as they are, with which Odoo is asked; ids in another Odoo cannot be looked up yet
 */
export async function referenceProblems(
  connection: string,
  from: ConnectionSettings | undefined,
  to: ConnectionSettings,
  observer: Observer,
): Promise<FieldProblem[]> {
  if (from?.odooUrl !== to.odooUrl || from.odooDatabase !== to.odooDatabase) return [];
  const changed = (Object.keys(models) as Reference[]).filter(
    (name) => to[name] !== undefined && to[name] !== from[name],
  );
  if (changed.length === 0) return [];
  const onCall = (report: object) => observer.info('odoo call', { connection, ...report });
  try {
    return await withLane(connection, { onCall, patienceMs: WAIT_MS, timeoutMs: WAIT_MS }, async ({ odoo }) => {
      const problems: FieldProblem[] = [];
      for (const name of changed) {
        const found = await odoo.searchRead(models[name], [['id', '=', to[name] as number]], ['id']);
        if (found.length === 0) problems.push({ path: name, reason: `Odoo has no active ${models[name]} ${to[name]}` });
      }
      return problems;
    });
  } catch (thrown) {
    const { code, message } = asConnectorError(thrown);
    observer.warn('not looked up', { connection, settings: changed, code, message });
    return [];
  }
}
