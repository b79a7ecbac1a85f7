/** What each setting that names an entity can be, as the registry has it. */
import { queuedEntities, registry } from '../entities/index.ts';
import type { DeletePolicy, MatchPolicy } from '../store/connections.ts';
import type { AnyEntity } from '../sync/declare.ts';

export interface EntityChoices {
  name: string;
  /** For people. */
  label: string;
  /** What it may be when the store deletes a record; none: the store never does. */
  deletePolicies: readonly DeletePolicy[];
  /** What happens unless a policy is set. */
  deletePolicy: DeletePolicy;
  /** Whether what Odoo has already may be adopted; none: nobody looks, or there is nothing to decide. */
  matchPolicies: readonly MatchPolicy[];
  /** Fields that can be left to Odoo once a record is made. */
  fieldsOfOdoo: readonly string[];
  /** The store sends events of it, which real time can be switched off for. */
  realtime: boolean;
}

const declaredPolicy = ({ onDelete, shared }: AnyEntity): DeletePolicy => onDelete ?? (shared ? 'keep' : 'archive');

/** What is carried by another record goes with it, and only where Odoo can archive it. */
const isDeleted = (entity: AnyEntity): boolean => entity.source === 'events' || declaredPolicy(entity) === 'archive';

function deletePolicies(entity: AnyEntity): DeletePolicy[] {
  if (!isDeleted(entity)) return [];
  if (entity.onDelete === 'cancel') return ['cancel', 'keep'];
  return entity.onDelete === 'keep' ? ['keep'] : ['archive', 'keep'];
}

function choicesOf(entity: AnyEntity): EntityChoices {
  const { name, label, source, match, creates, shared, fields } = entity;
  return {
    name,
    label,
    deletePolicies: deletePolicies(entity),
    deletePolicy: declaredPolicy(entity),
    matchPolicies: match.length > 0 && creates !== false ? ['adopt', 'report', 'off'] : [],
    // What several records of the store share is never written to anyway.
    fieldsOfOdoo: shared === true ? [] : Object.keys(fields),
    realtime: source === 'events',
  };
}

/** Every entity that a setting can be about, in the order of dependence. */
export const entityChoices: readonly EntityChoices[] = registry
  .map(choicesOf)
  .filter((one) => one.realtime || one.deletePolicies.length > 0 || one.matchPolicies.length > 0);

/** What a schedule can be of: an entity, `all` of them in the order of dependence, or the `sweep`. */
export const scheduleNames: readonly string[] = ['all', 'sweep', ...queuedEntities.map(({ name }) => name)];
