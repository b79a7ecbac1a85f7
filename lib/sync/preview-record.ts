/** What a preview says of a record. */
import type { FieldChange } from './show.ts';

/**
 * - `create`, `update`, `adopt`: what would be done with the record in Odoo.
 * - `remove`: the store has deleted it; the entity's policy says what that means.
 * - `skip`: nothing has changed, or a newer event was applied already.
 * - `blocked`: something stands in the way.
 */
export const previewActions = ['create', 'update', 'adopt', 'remove', 'skip', 'blocked'] as const;
export type PreviewAction = (typeof previewActions)[number];

export interface PreviewRecord {
  entity: string;
  recordId: string;
  /** The record's name, for people. */
  title: string;
  action: PreviewAction;
  model: string;
  odooId?: number;
  /** Field by field, Odoo's value and ours, where they differ. */
  fields: readonly FieldChange[];
  /** What stands in the way, and who can mend it. */
  error?: { code: string; message: string; remedy: string };
  /** What is made along with it, or first because it needs it. */
  along?: true;
}
