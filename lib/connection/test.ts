/** Walks from the URL to the rights of the user, and says of each step what is wrong and how to mend it. */
import { Odoo } from '../odoo/client.ts';
import { xmlRpcTransport } from '../odoo/transport.ts';
import { currency, languages, pricelists } from './books.ts';
import { database, http, login, version } from './odoo.ts';
import { connect, dns } from './reach.ts';
import { checkRights, installedApps } from './rights.ts';
import { type Look, runStep, type StepResult, skipped, type Target } from './step.ts';

/** Each makes sense only when those before it were not in vain. */
const way = [dns, connect, http, version, database, login];
/** What a user who is in can be told, each by itself. */
const setup = [installedApps, languages, currency, pricelists];

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
  const { url, database: name, user = '', password = '' } = target;
  const odoo = new Odoo({
    credentials: { url: url.href, database: name, user, password },
    pace: target.pace,
    transport: xmlRpcTransport(url.href, CALL_MS),
  });
  try {
    const steps = await walk({ target, odoo, deadline: started + TEST_MS });
    return { ok: steps.every(({ status }) => status !== 'failed'), milliseconds: Date.now() - started, steps };
  } finally {
    odoo.close();
  }
}

async function walk(look: Look): Promise<StepResult[]> {
  const steps: StepResult[] = [];
  for (const step of way) {
    const result = await runStep(step, look);
    steps.push(result);
    if (result.status !== 'failed') continue;
    const rest = [...way.slice(steps.length), ...setup].map(({ name }) => name);
    const why = skipped(`Not looked at, because of "${result.name}".`);
    return [...steps, ...[...rest, 'rights'].map((name) => ({ name, ...why }))];
  }
  for (const step of setup) steps.push(await runStep(step, look));
  return [...steps, ...(await checkRights(look))];
}
