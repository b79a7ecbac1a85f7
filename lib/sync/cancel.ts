import { chunks } from '../collections.ts';
import type { AnyEntity, Settling } from './declare.ts';
import type { Removal, Removing } from './remove.ts';
import { STEP_RECORDS } from './settle.ts';
import { stepTools } from './step-tools.ts';

/**
 * Cancels what came of records that the store has deleted, by the step that their entity declares for it; those that
 * Odoo has deleted, too, need nothing.
 */
export async function cancelRecords(
  removing: Removing,
  declaration: AnyEntity,
  records: readonly Pick<Removal, 'recordId' | 'mapping'>[],
): Promise<void> {
  const { lifecycle } = declaration;
  const step = lifecycle?.cancel;
  if (lifecycle === undefined || step === undefined) throw new Error(`${declaration.name} has nothing to cancel.`);
  const known = new Map(records.map((record) => [record.mapping?.odooId as number, record]));
  const tools = stepTools(removing, declaration, () => undefined);
  for (const ids of chunks([...known.keys()], step.together ?? STEP_RECORDS)) {
    const found = await removing.odoo.read(declaration.model, ids, lifecycle.reads);
    const due = found
      .map((odoo): Settling<undefined> => {
        const { recordId = '', mapping } = known.get(odoo.id) ?? {};
        const held = { odooId: odoo.id, odoo, details: mapping?.details ?? {} };
        return { recordId, snapshot: undefined, ...held, made: false, written: false, omitted: [] };
      })
      .filter((record) => step.due(record, removing.context));
    if (due.length > 0) await step.run(due, tools);
  }
}
