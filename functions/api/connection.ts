import { pairingCode } from '../../lib/access/pairing-code.ts';
import * as contract from '../../lib/api/routes/connection.ts';
import { lookAtKey } from '../../lib/api-keys/care.ts';
import { targetOf } from '../../lib/connection/target.ts';
import { testConnection } from '../../lib/connection/test.ts';
import { ConnectorError } from '../../lib/errors/index.ts';
import { releaseForSettings } from '../../lib/queue/release.ts';
import { noteAction } from '../../lib/store/actions.ts';
import { intervalAt, readSettings } from '../../lib/store/connections.ts';
import { Lane } from '../../lib/store/lanes.ts';
import { noteNewLogin } from '../../lib/store/login.ts';
import { rotateStoreSecret, storeSecretOf } from '../../lib/store/pairing.ts';
import { putSecrets } from '../../lib/store/put-secret.ts';
import { json } from '../stack/problem.ts';
import { serve, serves } from '../stack/serve.ts';
import { observer } from '../stack/telemetry.ts';

/** A test waits so long for others who are talking to this Odoo. */
const PATIENCE_MS = 6_000;

/** The way to Odoo: who the connector is there, and whether it gets through. */
export const handler = serve(
  serves(contract.setOdooLogin, async ({ body, claims: { connection, subject } }) => {
    const settings = await readSettings(connection);
    if (settings === undefined) {
      const message = 'Set the URL and the database of Odoo first: the login is kept for that Odoo.';
      throw new ConnectorError('CONNECTION_UNCONFIGURED', message, { subject: connection });
    }
    await putSecrets(connection, { odoo: { ...body, origin: new URL(settings.odooUrl).origin } });
    const { setAt, by } = await noteNewLogin(connection, subject, body.password);
    await noteAction(connection, subject, { code: 'LOGIN_CHANGED', message: `The Odoo user is now ${body.user}.` });
    await releaseForSettings(connection, observer);
    await lookAtKey(connection, observer);
    return json(200, { isSet: true, user: body.user, setAt, by });
  }),

  serves(contract.testOdoo, async ({ body, claims: { connection } }) => {
    const target = await targetOf(connection, body);
    const interval = intervalAt(target.url.href, target.settings?.minIntervalMs);
    let lane: Lane | undefined;
    const pace = async () => {
      lane ??= await Lane.take(connection, interval, PATIENCE_MS);
      await lane.turn();
    };
    try {
      return json(200, await testConnection({ ...target, pace }));
    } finally {
      await lane?.giveBack();
    }
  }),

  serves(contract.showPairing, async ({ body, claims: { connection, subject }, baseUrl: endpoint }) => {
    const settings = await readSettings(connection);
    const secret = body.rotate ? await rotateStoreSecret(connection) : await storeSecretOf(connection);
    const code = pairingCode({
      ...{ endpoint, connection, secret },
      ...(body.console === undefined ? {} : { console: body.console }),
    });
    const message = body.rotate
      ? 'The store was given a new secret; the one before stays valid until the next rotation.'
      : 'The code that pairs the store was shown.';
    await noteAction(connection, subject, { code: body.rotate ? 'SECRET_ROTATED' : 'PAIRING_SHOWN', message });
    return json(200, { code, connection, endpoint, exportUrl: settings?.exportUrl ?? null });
  }),
);
