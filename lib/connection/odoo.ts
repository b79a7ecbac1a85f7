/** Whether it is an Odoo that answers, which one, and whether it lets the user in. */
import { request } from '../outbound/request.ts';
import { failed, ok, type Step, waitMs, warning } from './step.ts';

const VERSION_CALL = '<?xml version="1.0"?><methodCall><methodName>version</methodName><params></params></methodCall>';

/** What tells its version is short; what is no Odoo may be a page of any size. */
const MOST_BYTES = 1_000_000;

export const http: Step = {
  name: 'http',
  async run(look) {
    const { url } = look.target;
    const address = `${url.origin}${url.pathname.replace(/\/+$/, '')}/xmlrpc/2/common`;
    const answer = await request(address, {
      method: 'POST',
      headers: { 'content-type': 'text/xml' },
      body: VERSION_CALL,
      timeoutMs: waitMs(look),
      maxBytes: MOST_BYTES,
    }).catch(() => undefined);
    if (answer === undefined) return failed('ODOO_UNREACHABLE', `${url.host} breaks the connection off.`);
    const { status } = answer;
    if (status >= 300 && status < 400) {
      const to = redirectedTo(answer.headers.location, url);
      return failed('ODOO_UNREACHABLE', `${url.host} redirects to ${to}.`, 'Set that address as the URL of Odoo.');
    }
    const isXml = answer.body.includes('<methodResponse>');
    if (status === 429) return failed('ODOO_RATE_LIMITED', 'Odoo asks to slow down.');
    if (status === 502 || status === 503 || status === 504) {
      return failed('ODOO_UNAVAILABLE', `${url.host} answers with HTTP status ${status}: Odoo behind it does not run.`);
    }
    if (status === 200 && isXml) return ok(`${url.host} answers calls.`);
    const remedy = 'Check the URL: it must be the address at which one logs into Odoo, without anything behind it.';
    return failed('ODOO_UNREACHABLE', `What answers at ${url.host} is no Odoo (HTTP status ${status}).`, remedy);
  },
};

/** Only the address itself: what stands behind it may be a secret of somebody. */
function redirectedTo(location: string | undefined, from: URL): string {
  const to = location !== undefined && URL.canParse(location, from.href) ? new URL(location, from) : undefined;
  return to === undefined ? 'another address' : to.origin;
}

const OLDEST = 16;
const NEWEST = 19;

export const version: Step = {
  name: 'version',
  async run({ odoo }) {
    const text = await odoo.version();
    // `saas~18.2` and `19.0+e` are versions of Odoo, too.
    const major = Number(/(\d+)/.exec(text)?.[1]);
    if (major >= OLDEST && major <= NEWEST) return ok(`Odoo ${text}.`);
    if (major < OLDEST) {
      return failed('ODOO_MODEL_UNKNOWN', `Odoo ${text} is too old.`, `Use Odoo ${OLDEST} to ${NEWEST}.`);
    }
    return warning(`Odoo ${text} is not known to this connector.`, 'Update the connector.');
  },
};

/** The login tells, too, whether there is such a database: Odoo looks for it first. */
export const database: Step = {
  name: 'database',
  async run({ odoo, target }) {
    if (!(await odoo.hasDatabase())) {
      return failed('ODOO_DATABASE', `Odoo has no database "${target.database}".`);
    }
    return ok(`The database "${target.database}" exists.`);
  },
};

export const login: Step = {
  name: 'login',
  async run({ odoo, target: { user, password } }) {
    if (user === undefined || password === undefined) {
      const detail = 'There is no key to log in with; one that is kept is sent to nobody but the Odoo it is kept for.';
      return failed('CONNECTION_UNCONFIGURED', detail, 'Give the user and the password or API key.');
    }
    await odoo.logIn();
    return ok(`Odoo knows ${user} and the key.`);
  },
};
