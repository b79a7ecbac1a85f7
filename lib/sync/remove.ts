import { asConnectorError, type ConnectorError } from '../errors/index.ts';
import type { Odoo } from '../odoo/client.ts';
import { type Mapping, mappedElsewhere, type RunMark, writeMapping } from '../store/mappings.ts';
import { cancelRecords } from './cancel.ts';
import type { AnyEntity, DeletePolicy, SyncContext } from './declare.ts';

/** A record that the store deleted, as far as it is known. */
export interface Removal {
  recordId: string;
  sequence: number;
  mapping: Mapping | undefined;
}

export interface Removing {
  odoo: Odoo;
  context: SyncContext;
}

export type Removed = { result: 'archived' | 'kept' | 'cancelled' } | { error: ConnectorError };

const results = { archive: 'archived', keep: 'kept', cancel: 'cancelled' } as const;

export function deletePolicy(declaration: AnyEntity, { settings, dialect }: SyncContext): DeletePolicy {
  const declared = declaration.onDelete ?? (declaration.shared ? 'keep' : 'archive');
  const wanted = settings.deletePolicies[declaration.name] ?? declared;
  // What Odoo has no archive for stays (attributes, on 16 and 17).
  return wanted === 'archive' && !dialect.vocabulary.has(declaration.model, 'active') ? 'keep' : wanted;
}

/**
 * Does what the entity's policy says with the Odoo records of what the store has deleted: one call
 * for all of them. The mapping stays, as the memory of the deletion: an older event that comes late
 * must not bring the record back, and a newer one brings back the same where it was archived or kept.
 */
export async function removeRecords(
  removing: Removing,
  declaration: AnyEntity,
  removals: readonly Removal[],
): Promise<Map<Removal, Removed>> {
  const { context } = removing;
  const policy = deletePolicy(declaration, context);
  const errors = await dismiss(removing, declaration, removals);
  const removed = new Map<Removal, Removed>();
  await Promise.all(
    removals.map(async (removal) => {
      const error = errors.get(removal);
      if (error === undefined) await remember(context, declaration, policy, removal);
      removed.set(removal, error === undefined ? { result: results[policy] } : { error });
    }),
  );
  return removed;
}

type Dismissed = Pick<Removal, 'recordId' | 'mapping'>;

/** Does in Odoo what the entity's policy says, and remembers nothing. @returns what could not be done */
export async function dismiss<T extends Dismissed>(
  removing: Removing,
  declaration: AnyEntity,
  records: readonly T[],
): Promise<Map<T, ConnectorError>> {
  const { context } = removing;
  const policy = deletePolicy(declaration, context);
  const mapped = records.filter(({ mapping }) => mapping?.odooId !== undefined);
  if (policy === 'keep' || mapped.length === 0 || declaration.model === '') return new Map();
  return perform(removing, declaration, policy, await unshared(context.connection, declaration, mapped));
}

/** Without those whose Odoo record is another record's too: a guest who opened an account. */
async function unshared<T extends Dismissed>(connection: string, { name, model }: AnyEntity, records: readonly T[]) {
  const shared = await Promise.all(
    records.map(({ recordId, mapping }) =>
      mappedElsewhere(connection, { entity: name, recordId }, model, mapping?.odooId as number),
    ),
  );
  return records.filter((_, index) => !shared[index]);
}

async function perform<T extends Dismissed>(
  removing: Removing,
  declaration: AnyEntity,
  policy: 'archive' | 'cancel',
  records: readonly T[],
): Promise<Map<T, ConnectorError>> {
  const errors = new Map<T, ConnectorError>();
  const failed = await attempt(removing, declaration, policy, records);
  if (failed === undefined) return errors;
  if (failed.kind === 'transient') return new Map(records.map((record) => [record, failed]));
  for (const record of records) {
    const error = records.length === 1 ? failed : await attempt(removing, declaration, policy, [record]);
    // What is gone already needs no archiving.
    if (error !== undefined && error.code !== 'ODOO_RECORD_GONE') errors.set(record, error);
  }
  return errors;
}

async function attempt(
  removing: Removing,
  declaration: AnyEntity,
  policy: 'archive' | 'cancel',
  records: readonly Dismissed[],
): Promise<ConnectorError | undefined> {
  const ids = [...new Set(records.map(({ mapping }) => mapping?.odooId as number))];
  if (ids.length === 0) return undefined;
  try {
    if (policy === 'archive') await removing.odoo.call(declaration.model, 'write', [ids, { active: false }]);
    else await cancelRecords(removing, declaration, records);
    return undefined;
  } catch (thrown) {
    return asConnectorError(thrown);
  }
}

async function remember(
  { connection, run }: SyncContext,
  declaration: AnyEntity,
  policy: DeletePolicy,
  { recordId, sequence, mapping }: Removal,
): Promise<void> {
  const { hash: _, contentHash: __, storeHash: ___, ...kept } = mapping ?? {};
  const known = { ...kept, entity: declaration.name, recordId, sequence, removed: policy };
  const by: RunMark | undefined = run === undefined ? undefined : { run, as: 'removed' };
  await writeMapping(
    connection,
    { ...known, ...(by === undefined ? {} : { by }), syncedAt: new Date().toISOString() },
    mapping?.aliases,
  );
}
