import { asConnectorError, type ConnectorError } from '../errors/index.ts';
import type { Odoo } from '../odoo/client.ts';
import { odooIdOf, type PlanNode } from './node.ts';

/**
 * Brings back what is archived in Odoo and needed again: one call.
 * @returns per node why it could not be
 */
export async function activate(odoo: Odoo, nodes: readonly PlanNode[]): Promise<Map<PlanNode, ConnectorError>> {
  const archived = nodes.filter((node) => node.archived && node.error === undefined && odooIdOf(node) !== undefined);
  const [first] = archived;
  if (first === undefined) return new Map();
  try {
    const ids = [...new Set(archived.map((node) => odooIdOf(node) as number))];
    await odoo.call(first.declaration.model, 'write', [ids, { active: true }]);
    return new Map();
  } catch (thrown) {
    const error = asConnectorError(thrown);
    return new Map(archived.map((node) => [node, error]));
  }
}
