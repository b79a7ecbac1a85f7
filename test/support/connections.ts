/** More connections than the one that a rig begins with. */
import type { ConnectionSettings } from '../../lib/store/connections.ts';
import type { Rig } from './rig.ts';

/**
 * Adds a connection with a webhook secret: the rig's own unless another is given.
 * @returns the rig, as it is for that connection
 */
export async function addConnection<R extends Pick<Rig, 'secret'>>(
  rig: R,
  connection: string,
  { secret = rig.secret, settings }: { secret?: string; settings?: Partial<ConnectionSettings> } = {},
): Promise<R & { connection: string }> {
  // Read only now: the AWS clients take their endpoints from the environment when they are made.
  const { putSecrets } = await import('../../lib/store/put-secret.ts');
  await putSecrets(connection, { store: { webhookSecret: secret } });
  if (settings !== undefined) {
    const { connectionSettings } = await import('../../lib/store/connections.ts');
    const { writeSettings } = await import('../../lib/store/settings.ts');
    await writeSettings(connection, connectionSettings.parse(settings));
  }
  return { ...rig, connection, secret };
}

/** A webhook secret that no other connection has. */
export const secretOf = (name: string): string =>
  `whsec_${Buffer.from(`${name}-0123456789abcdef0123456789`).toString('base64')}`;
