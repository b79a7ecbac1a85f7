/** How a record that is in Odoo is brought to the state that its snapshot asks for. */
import type { ConnectorError } from '../errors/index.ts';
import type { Odoo, OdooRecord } from '../odoo/client.ts';
import type { Reference } from './cells.ts';
import type { SyncContext } from './declare.ts';

/** A step towards the state that a record shall reach, for a group of records at once. */
export interface Step<S> {
  name: string;
  /** Whether the record, in the state Odoo holds it, still needs the step. */
  due: (record: Settling<S>, context: SyncContext) => boolean;
  /** So many records at most at once; without, as many as are always settled together. */
  together?: number;
  /** Two calls of it would meet over the same records of Odoo, such as a journal's numbers: never several at once. */
  alone?: true;
  /** Performs the step for all: all or none of them. May change `record.odoo` to what it became. */
  run: (records: readonly Settling<S>[], tools: StepTools) => Promise<void>;
}

/** A record on its way to the state it shall reach. */
export interface Settling<S> {
  recordId: string;
  snapshot: S;
  odooId: number;
  /** What Odoo holds, by the fields in `lifecycle.reads`. */
  odoo: OdooRecord;
  /** It was made in this sync, or had been by one that came to no end. */
  made: boolean;
  /** Its fields were written in this sync, or changed in one that came to no end. */
  written: boolean;
  /** Fields that were not written along with the others. */
  omitted: readonly string[];
  /** Kept with the mapping. */
  details: Record<string, unknown>;
}

export interface StepTools {
  odoo: Odoo;
  context: SyncContext;
  /** Database id of a record that the declaration needs. */
  resolve: (reference: Reference) => number;
  /** The same for one that is only used if it is mapped. */
  find: (reference: Reference) => number | undefined;
  /** External id of a child of a record. */
  childId: (recordId: string, child: string) => string;
}

export interface Lifecycle<S> {
  /** Fields read once, before the first step; none: nothing is read. */
  reads: readonly string[];
  /** Refuses a record in the state Odoo holds it. */
  check?: (record: Settling<S>, context: SyncContext) => ConnectorError | undefined;
  steps: readonly Step<S>[];
  /** Cancels what came of a record that the store has deleted: nobody knows its snapshot any more. */
  cancel?: Step<S | undefined>;
  /** About how many calls the steps take for these records together; for a preview. */
  calls?: (snapshots: readonly S[], context: SyncContext) => number;
}
