import type { ConnectorError } from '../errors/index.ts';
import type { OdooRecord } from '../odoo/client.ts';
import type { Mapping } from '../store/mappings.ts';
import type { AnyEntity, KeptChild, Need } from './declare.ts';

/**
 * - `known`: mapped, nothing to write.
 * - `create`, `update`: its fields are written.
 * - `adopt`: found in Odoo, to be mapped; its fields are written only for its own event.
 * - `settle`: nothing to write, but it may have to reach another state.
 * - `absent`: Odoo has none and needs none.
 */
export type NodeAction = 'known' | 'create' | 'update' | 'adopt' | 'settle' | 'absent';

/** One record in a plan. */
export interface PlanNode {
  readonly declaration: AnyEntity;
  readonly recordId: string;
  /** Parsed; undefined if the record was only named. */
  snapshot: unknown;
  /** 0 for a record that is only needed by another: its own events are all newer. */
  sequence: number;
  /** The record's own event, or part of it, asks for it to be synced; else another record needs it. */
  asked: boolean;
  mapping: Mapping | undefined;
  /** Of its record id and aliases those under which no mapping was found. */
  unmapped: ReadonlySet<string>;
  /** Its aliases were written. */
  aliased: boolean;
  identity: string;
  aliases: readonly string[];
  hash: string;
  contentHash: string;
  /** Of the content that is in Odoo, but must not be. */
  refused: string | undefined;
  /** The store's own hash of the row. */
  storeHash: string | undefined;
  needs: readonly Need[];
  action: NodeAction;
  odooId: number | undefined;
  /** The record of this plan that is the same one in Odoo, under another record id. */
  sameAs: PlanNode | undefined;
  /** Nothing is done for it if it is not mapped. */
  optional: boolean;
  /** It is archived in Odoo and must come back. */
  archived: boolean;
  /** What Odoo held when it was found there. */
  found: OdooRecord | undefined;
  /** Children that it has in Odoo and keeps, by the key of their row. */
  kept: ReadonlyMap<string, KeptChild> | undefined;
  /** Fields that are not written this time. */
  omitted: readonly string[];
  error: ConnectorError | undefined;
  /** It is in Odoo, but not all of it: Odoo refused a field that it can do without. */
  spared: ConnectorError | undefined;
  /** Its fields were changed, in this sync or in one that came to no end, and it has not reached its state since. */
  unsettled: boolean;
  /** Names of the steps that were made. */
  steps: string[];
  details: Record<string, unknown>;
}

export const nodeName = (node: PlanNode): string => `${node.declaration.name}/${node.recordId}`;

/** The node's database id, as soon as it or the record it is the same as has one. */
export const odooIdOf = (node: PlanNode | undefined): number | undefined => node?.odooId ?? node?.sameAs?.odooId;

/** Odoo makes it along with another record: it can only be found once that one is there. */
export const isBorn = ({ match }: AnyEntity): boolean => match.some((rule) => rule.bornWith);

/** Whether the node's fields go to Odoo: of what was found there only if its own event says so, or it is newly born. */
export const isWritten = (node: PlanNode | undefined): boolean =>
  node !== undefined &&
  node.error === undefined &&
  (node.action === 'create' ||
    node.action === 'update' ||
    (node.action === 'adopt' && (node.asked || isBorn(node.declaration)) && !node.declaration.shared));
