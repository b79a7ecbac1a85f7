import * as contract from '../../lib/api/routes/settings.ts';
import { releaseForSettings } from '../../lib/queue/release.ts';
import { scheduleStates } from '../../lib/schedules/due.ts';
import { type Changed, changeSettings, restoreSettings } from '../../lib/settings/change.ts';
import { changeSentence } from '../../lib/settings/changes.ts';
import { entityChoices, scheduleNames } from '../../lib/settings/choices.ts';
import { settingsHistory } from '../../lib/settings/history.ts';
import { noteAction } from '../../lib/store/actions.ts';
import { connectionSettings, intervalOf, orderState } from '../../lib/store/connections.ts';
import { showLogin } from '../../lib/store/login.ts';
import { readSettingsVersion, type SettingsVersion } from '../../lib/store/settings.ts';
import { json } from '../stack/problem.ts';
import { serve, serves } from '../stack/serve.ts';
import { observer } from '../stack/telemetry.ts';

const { productMode, stockPolicy } = connectionSettings.shape;

const choices = {
  entities: entityChoices,
  orderStates: orderState.options,
  productModes: productMode.unwrap().options,
  stockPolicies: stockPolicy.unwrap().options,
  schedules: scheduleNames,
};

/** What a connection is set to. */
export const handler = serve(
  serves(contract.getSettings, async ({ claims: { connection } }) => {
    const [current, login] = await Promise.all([readSettingsVersion(connection), showLogin(connection)]);
    const minIntervalMs = current === undefined ? null : intervalOf(current.settings);
    const schedules = current === undefined ? [] : await scheduleStates(connection, current);
    return json(200, { ...viewOf(current), minIntervalMs, login, schedules, choices });
  }),

  serves(contract.changeSettings, async ({ body, claims: { connection, subject } }) => {
    return saved(
      connection,
      subject,
      await changeSettings({ connection, by: subject, observer }, body.version, body.settings),
    );
  }),

  serves(contract.listSettingsHistory, async ({ query, claims }) => {
    return json(200, await settingsHistory(claims.connection, query.limit, query.below));
  }),

  serves(contract.restoreSettings, async ({ body, claims: { connection, subject } }) => {
    const changed = await restoreSettings({ connection, by: subject, observer }, body.version, body.current);
    return saved(connection, subject, changed, body.version);
  }),
);

const viewOf = (current: SettingsVersion | undefined) => ({
  settings: current?.settings ?? null,
  version: current?.version ?? 0,
  by: current?.by ?? null,
  at: current?.at ?? null,
});

async function saved(connection: string, by: string, { saved, changes }: Changed, restored?: number) {
  if (changes.length > 0) {
    const why = restored === undefined ? '' : ` Version ${restored} was brought back.`;
    await noteAction(connection, by, { code: 'SETTINGS_CHANGED', message: `${changeSentence(changes)}${why}` });
    await releaseWaiting(connection);
  }
  return json(200, { ...viewOf(saved), changes });
}

/** What failed here is tried again by itself later; the settings are saved all the same. */
async function releaseWaiting(connection: string): Promise<void> {
  try {
    await releaseForSettings(connection, observer);
  } catch (error) {
    observer.error('not released', { connection, error: String(error) });
  }
}
