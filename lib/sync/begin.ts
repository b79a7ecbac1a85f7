import { noteBegun } from '../store/begun.ts';
import type { SyncContext } from './declare.ts';
import { isWritten, type PlanNode } from './node.ts';

/**
 * Before anything is written to Odoo, the mappings say that it may have been: a function that ends half-way, or a
 * record that Odoo then refuses, leaves none that claims to be in step with what was synced before. Else a change
 * that the store takes back in time would be "unchanged", and stay in Odoo.
 */
export async function begin({ connection, ensureLane }: SyncContext, nodes: readonly PlanNode[]): Promise<void> {
  const begun = nodes.filter((node) => isChanging(node));
  if (begun.length > 0) ensureLane?.();
  await Promise.all(begun.map((node) => noteBegun(connection, keyOf(node), { content: changesContent(node) })));
}

/** The same of records whose entity first looks at what Odoo has, and has found that they may change. */
export async function beginContent({ connection, ensureLane }: SyncContext, nodes: readonly PlanNode[]): Promise<void> {
  const begun = nodes.filter(({ mapping }) => mapping?.odooId !== undefined);
  if (begun.length > 0) ensureLane?.();
  await Promise.all(begun.map((node) => noteBegun(connection, keyOf(node), { content: true })));
}

const keyOf = ({ declaration, recordId }: PlanNode) => ({ entity: declaration.name, recordId });

const isChanging = ({ asked, error, action, mapping }: PlanNode): boolean =>
  asked && error === undefined && mapping?.odooId !== undefined && action !== 'known' && action !== 'absent';

const changesContent = (node: PlanNode): boolean => isWritten(node) && node.declaration.revision === undefined;
