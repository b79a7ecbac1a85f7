import { DeleteCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { tableName } from '../environment.ts';
import { itemsOfConnection } from './connection-items.ts';
import { documents } from './documents.ts';

export const incidentKinds = ['odoo-down', 'failures', 'run-stalled', 'key-expiring', 'pace-exhausted'] as const;
export type IncidentKind = (typeof incidentKinds)[number];

/** Something that somebody should know of, once and not for every event. */
export interface Incident {
  kind: IncidentKind;
  /** Which one of its kind, e.g. a code or a run. */
  subject: string;
  /** What is the matter and what to do; names no person. */
  text: string;
  /** How many records it stops, where that is counted. */
  records?: number;
}

/** An incident as it was last seen. */
export interface KeptIncident extends Incident {
  /** ISO 8601. */
  firstSeen: string;
  lastSeen: string;
  /** People were told of it. */
  told?: boolean;
  /** How many records it stopped when they were told last. */
  toldRecords?: number;
}

const PREFIX = 'incident#';
const itemOf = ({ kind, subject }: Pick<KeptIncident, 'kind' | 'subject'>): string => `${PREFIX}${kind}#${subject}`;

/** Nobody looks after the incidents of a connection that is gone. */
const KEPT_SECONDS = 90 * 86_400;

/** Those that are going on, or were a moment ago. */
export async function keptIncidents(connection: string): Promise<KeptIncident[]> {
  return (await itemsOfConnection(connection, PREFIX)) as unknown as KeptIncident[];
}

export async function keepIncident(connection: string, incident: KeptIncident): Promise<void> {
  const expiresAt = Math.floor(Date.parse(incident.lastSeen) / 1_000) + KEPT_SECONDS;
  const Item = { ...incident, connection, item: itemOf(incident), expiresAt };
  await documents.send(new PutCommand({ TableName: tableName('connections'), Item }));
}

export async function dropIncident(
  connection: string,
  incident: Pick<KeptIncident, 'kind' | 'subject'>,
): Promise<void> {
  const Key = { connection, item: itemOf(incident) };
  await documents.send(new DeleteCommand({ TableName: tableName('connections'), Key }));
}
