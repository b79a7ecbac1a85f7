import { groupBy } from '../collections.ts';
import type { ConnectorError } from '../errors/index.ts';
import { type Mapping, type RecordKey, readMappings, recordName, recordOfName } from '../store/mappings.ts';
import type { Applying } from './apply.ts';
import type { AnyEntity } from './declare.ts';
import type { Graph } from './graph.ts';
import { isBorn, type PlanNode } from './node.ts';
import { deletePolicy, dismiss, type Removal, type Removing, removeRecords } from './remove.ts';

/** A record that is no longer part of another one, or whose whole is gone. */
interface Gone<W> {
  key: RecordKey;
  whole: W;
  sequence: number;
}

/**
 * Records that were part of another one and no longer are, such as an address that a customer has
 * deleted: treated as if the store had said so of each.
 */
export async function removeGoneParts(tools: Applying, wholes: readonly PlanNode[], graph: Graph): Promise<void> {
  const gone = wholes.flatMap((whole) => {
    const { declaration, snapshot, sequence } = whole;
    const present = new Set(graph.partsOf(whole).map(recordName));
    return (whole.mapping?.parts ?? [])
      .filter((part) => !present.has(part))
      .map((part): Gone<PlanNode> => ({ key: recordOfName(part), whole, sequence }))
      .filter(({ key }) => !graph.get(key)?.asked && declaration.retains?.(key, snapshot, tools.context) !== true);
  });
  const errors = await removeParts(tools, (entity) => graph.declaration(entity), gone);
  for (const [whole, error] of errors) whole.error ??= error;
}

/**
 * What was part of records that the store has deleted goes with them, unless they stay themselves. What
 * Odoo makes along with them it archives along with them.
 */
export async function removePartsOf(
  removing: Removing,
  declaration: AnyEntity,
  removals: readonly Removal[],
  declarationOf: (entity: string) => AnyEntity,
): Promise<Map<Removal, ConnectorError>> {
  if (deletePolicy(declaration, removing.context) === 'keep') return new Map();
  const parts = removals.flatMap((whole) =>
    (whole.mapping?.parts ?? []).map(
      (part): Gone<Removal> => ({ key: recordOfName(part), whole, sequence: whole.sequence }),
    ),
  );
  const own = parts.filter(({ key }) => !isBorn(declarationOf(key.entity)));
  return removeParts(removing, declarationOf, own);
}

/** @returns per whole why one of its parts could not be removed */
async function removeParts<W>(
  removing: Removing,
  declarationOf: (entity: string) => AnyEntity,
  gone: readonly Gone<W>[],
): Promise<Map<W, ConnectorError>> {
  const errors = new Map<W, ConnectorError>();
  if (gone.length === 0) return errors;
  const keys = gone.map(({ key }) => key);
  const mappings = await readMappings(removing.context.connection, keys);
  for (const [entity, some] of groupBy(gone, ({ key }) => key.entity)) {
    const wholes = new Map<Removal, W>();
    for (const { key, whole, sequence } of some) {
      const mapping = mappings.get(recordName(key));
      if (mapping === undefined || mapping.aliasOf !== undefined || mapping.removed !== undefined) continue;
      wholes.set({ recordId: key.recordId, sequence, mapping }, whole);
    }
    const outcomes = await removeRecords(removing, declarationOf(entity), [...wholes.keys()]);
    for (const [removal, outcome] of outcomes) {
      if ('error' in outcome) errors.set(wholes.get(removal) as W, outcome.error);
    }
  }
  return errors;
}

/** Odoo records that store records were before they became others, and that nobody else is. */
export async function removeReplaced({ context, odoo }: Applying, nodes: readonly PlanNode[]): Promise<void> {
  const replaced = nodes.filter(
    ({ declaration, mapping, odooId, identity }) =>
      declaration.dropsFormer === true &&
      mapping?.odooId !== undefined &&
      mapping.odooId !== odooId &&
      mapping.identity !== identity &&
      !isOnlyChosen(mapping),
  );
  for (const group of groupBy(replaced, ({ declaration }) => declaration.name).values()) {
    const { declaration } = group[0] as PlanNode;
    const errors = await dismiss({ odoo, context }, declaration, group);
    for (const [node, error] of errors) node.error ??= error;
  }
}

/** Somebody has said by hand which one it is, and nothing of the store was ever written to it: it may be another's. */
const isOnlyChosen = ({ origin, sequence }: Mapping): boolean => origin === 'manual' && sequence === 0;
