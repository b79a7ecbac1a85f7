/** Walks from the URL to the rights of the user, and says of each step what is wrong and how to mend it. */
import { asConnectorError } from '../errors/index.ts';
import { Odoo } from '../odoo/client.ts';
import { chooseTransport } from '../odoo/transports/choose.ts';
import { currency, languages, pricelists } from './books.ts';
import { database, http, login, transport, version } from './odoo.ts';
import { connect, dns } from './reach.ts';
import { checkRights, installedApps } from './rights.ts';
import { failedBy, type Reach, runStep, type Step, type StepResult, skipped, type Target } from './step.ts';

/** Each makes sense only when those before it were not in vain. */
const reaching = [dns, connect, http];
const entering = [version, database, login];
/** What a user who is in can be told, each by itself. */
const setup = [transport, installedApps, languages, currency, pricelists];

/** The gateway gives up after 29 s. */
const TEST_MS = 20_000;
/** No call of a test may take longer: Odoo is slow when it wakes up, but not so slow. */
const CALL_MS = 8_000;

export interface TestReport {
  /** Nothing failed. */
  ok: boolean;
  milliseconds: number;
  steps: StepResult[];
}

/** Tests a connection; nothing is changed, neither here nor in Odoo. */
export async function testConnection(target: Target): Promise<TestReport> {
  const started = Date.now();
  const steps: StepResult[] = [];
  const goes = await walk(reaching, { target, deadline: started + TEST_MS }, steps);
  if (goes) await ask({ target, deadline: started + TEST_MS }, steps);
  const looked = steps.map(({ name }) => name);
  const failure = steps.find(({ status }) => status === 'failed');
  const rest = [...reaching, ...entering, ...setup, { name: 'rights' }].filter(({ name }) => !looked.includes(name));
  const why = skipped(`Not looked at, because of "${failure?.name}".`);
  const report = [...steps, ...rest.map(({ name }) => ({ name, ...why }))];
  return { ok: failure === undefined, milliseconds: Date.now() - started, steps: report };
}

/** What can be asked of an Odoo that was reached. */
async function ask(reach: Reach, steps: StepResult[]): Promise<void> {
  const { url, database: name, user = '', password = '', settings, pace } = reach.target;
  const credentials = { url: url.href, database: name, user, password };
  let odoo: Odoo | undefined;
  try {
    const choice = settings?.transport ?? 'auto';
    const chosen = await chooseTransport(credentials, { choice, timeoutMs: CALL_MS, pace });
    odoo = new Odoo({ credentials, pace, transport: chosen });
    const look = { ...reach, odoo };
    if (!(await walk(entering, look, steps))) return;
    for (const step of setup) steps.push(await runStep(step, look));
    steps.push(...(await checkRights(look)));
  } catch (thrown) {
    steps.push({ name: version.name, ...failedBy(asConnectorError(thrown)) });
  } finally {
    odoo?.close();
  }
}

/** @returns whether it goes on */
async function walk<Shared extends Reach>(way: readonly Step<Shared>[], shared: Shared, steps: StepResult[]) {
  for (const step of way) {
    const result = await runStep(step, shared);
    steps.push(result);
    if (result.status === 'failed') return false;
  }
  return true;
}
