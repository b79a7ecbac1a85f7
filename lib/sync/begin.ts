import { noteBegun } from '../store/begun.ts';
import type { SyncContext } from './declare.ts';
import { isWritten, type PlanNode } from './node.ts';

/**
 * Before anything is written to Odoo, the mappings say that it may have been: a function that ends half-way, or a
 * record that Odoo then refuses, leaves none that claims to be in step with what was synced before. Else a change
 * that the store takes back in time would be "unchanged", and stay in Odoo.
 */
export const begin = (context: SyncContext, nodes: readonly PlanNode[]): Promise<void> =>
  note(context, nodes.filter(isChanging), changesContent);

/** The same of records whose entity first looks at what Odoo has, and has found that they may change. */
export const beginContent = (context: SyncContext, nodes: readonly PlanNode[]): Promise<void> =>
  note(context, nodes.filter(isKnown), () => true);

async function note(
  { connection, ensureLane }: SyncContext,
  nodes: readonly PlanNode[],
  content: (node: PlanNode) => boolean,
): Promise<void> {
  if (nodes.length > 0) ensureLane?.();
  await Promise.all(
    nodes.map((node) => {
      const key = { entity: node.declaration.name, recordId: node.recordId };
      return noteBegun(connection, key, { content: content(node) });
    }),
  );
}

const isKnown = ({ mapping }: PlanNode): boolean => mapping?.odooId !== undefined;

const isChanging = (node: PlanNode): boolean =>
  node.asked && node.error === undefined && isKnown(node) && node.action !== 'known' && node.action !== 'absent';

const changesContent = (node: PlanNode): boolean => isWritten(node) && node.declaration.revision === undefined;
