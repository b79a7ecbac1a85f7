import type { Odoo } from '../odoo/client.ts';
import type { AnyEntity, Resolve, StepTools, SyncContext } from './declare.ts';
import { childId, externalId } from './names.ts';

/** What the steps of an entity work with. */
export const stepTools = (
  { odoo, context }: { odoo: Odoo; context: SyncContext },
  declaration: AnyEntity,
  find: Resolve,
): StepTools => ({
  odoo,
  context,
  find,
  resolve(reference) {
    const id = find(reference);
    if (id === undefined) throw new Error(`${reference.entity} ${reference.recordId} is no declared need.`);
    return id;
  },
  childId: (recordId, child) => childId(externalId(context.connection, declaration.name, recordId, recordId), child),
});
