import { groupBy } from '../collections.ts';
import { asConnectorError, ConnectorError } from '../errors/index.ts';
import type { Odoo } from '../odoo/client.ts';
import { nodeName, type PlanNode } from './node.ts';

/**
 * Looks at the Odoo records whose content is about to change, where their entity wants that: a record
 * that must stay as it is fails, children that the store no longer has are removed. Two calls at most.
 */
export async function revise(odoo: Odoo, nodes: readonly PlanNode[]): Promise<void> {
  try {
    await reviseAll(odoo, nodes);
  } catch (thrown) {
    const error = asConnectorError(thrown);
    if (error.kind === 'transient' || nodes.length === 1) {
      for (const node of nodes) node.error ??= error;
      return;
    }
    // Somebody may have confirmed one of them meanwhile: the others are none the worse for it.
    for (const node of nodes) if (node.error === undefined) await revise(odoo, [node]);
  }
}

async function reviseAll(odoo: Odoo, nodes: readonly PlanNode[]): Promise<void> {
  const declaration = nodes[0]?.declaration;
  const revision = declaration?.revision;
  if (declaration === undefined || revision === undefined) return;

  const ids = nodes.map((node) => node.odooId as number);
  const found = new Map((await odoo.read(declaration.model, ids, revision.reads)).map((record) => [record.id, record]));
  const obsolete: { model: string; id: number }[] = [];
  for (const node of nodes) {
    const record = found.get(node.odooId as number);
    if (record === undefined) {
      // Deleted in Odoo: load() makes it anew under its external id.
      if (node.mapping?.origin !== 'created') node.error = recordGone(node);
      continue;
    }
    if (!node.mapping?.contentHash && revision.accept?.(record, node.snapshot)) {
      node.action = 'settle';
      continue;
    }
    const decision = revision.decide(record, node.snapshot);
    if (decision instanceof ConnectorError) node.error = decision;
    else obsolete.push(...decision.children.ids.map((id) => ({ model: decision.children.model, id })));
  }
  for (const [model, children] of groupBy(obsolete, (child) => child.model)) {
    await odoo.call(model, 'unlink', [children.map((child) => child.id)]);
  }
}

export const recordGone = (node: PlanNode): ConnectorError =>
  new ConnectorError('ODOO_RECORD_GONE', `${node.declaration.label} ${node.recordId} was deleted in Odoo.`, {
    subject: nodeName(node),
  });
