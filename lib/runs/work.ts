import { findEntity, registry } from '../entities/index.ts';
import { ConnectorError } from '../errors/index.ts';
import { ExportClient } from '../opencart/export-client.ts';
import type { Observer } from '../queue/observe.ts';
import { settingsOf } from '../queue/odoo.ts';
import type { ConnectionSettings } from '../store/connections.ts';
import type { Run } from '../store/runs.ts';
import { Secrets, validSecrets } from '../store/secrets.ts';
import type { AnyEntity, Registry } from '../sync/declare.ts';

/** What a page of a run is worked on with. */
export interface Work {
  readonly run: Run;
  readonly settings: ConnectionSettings;
  readonly client: ExportClient;
  readonly registry: Registry;
  readonly declaration: AnyEntity;
  readonly observer: Observer;
  /** How many attempts at this page ended without a word: killed, or out of time. */
  readonly killed: number;
  /** Calls made so far. */
  odooCalls: number;
  /** Of a preview: about how many more calls doing what it has shown would take. */
  plannedCalls: number;
}

const kept = new Secrets();

/** @throws ConnectorError CONNECTION_UNCONFIGURED, EXPORT_UNCONFIGURED, EXPORT_UNSUPPORTED */
export async function workOn(run: Run, killed: number, observer: Observer): Promise<Work> {
  const { connection, entity } = run;
  const settings = await settingsOf(connection);
  const secret = await kept.store(connection);
  if (settings.exportUrl === undefined) {
    throw new ConnectorError('EXPORT_UNCONFIGURED', 'The settings do not say where the store exports.');
  }
  if (secret === undefined) {
    const message = `The connection "${connection}" has no webhook secret.`;
    throw new ConnectorError('CONNECTION_UNCONFIGURED', message, { subject: connection });
  }
  const declaration = findEntity(entity);
  if (declaration === undefined) throw unknownEntity(entity);
  const client = new ExportClient({ url: settings.exportUrl, connection, secrets: [...validSecrets(secret)] });
  return { run, settings, client, registry, declaration, observer, killed, odooCalls: 0, plannedCalls: 0 };
}

/** The store refuses what is signed with a secret that was replaced. */
export const forgetSecret = (connection: string): void => kept.forget(connection);

const unknownEntity = (entity: string) =>
  new ConnectorError('EXPORT_UNSUPPORTED', `This connector knows no entity "${entity}".`, { subject: entity });
