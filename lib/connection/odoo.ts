/** Whether it is an Odoo that answers, which one, and whether it lets the user in. */
import { isApiKey } from '../odoo/api-key.ts';
import { speaksJson2 } from '../odoo/transports/json2.ts';
import { type Asking, request } from '../outbound/request.ts';
import { failed, ok, type Reach, type Step, waitMs, warning } from './step.ts';

const VERSION_CALL = '<?xml version="1.0"?><methodCall><methodName>version</methodName><params></params></methodCall>';

/** What tells its version is short; what is no Odoo may be a page of any size. */
const MOST_BYTES = 1_000_000;

interface Sign {
  path: string;
  asking: Pick<Asking, 'method' | 'headers' | 'body'>;
  isIn: (text: string) => boolean;
}

/** What only an Odoo answers: up to 21 over XML-RPC, later ones no more. */
const signs: readonly Sign[] = [
  {
    path: '/xmlrpc/2/common',
    asking: { method: 'POST', headers: { 'content-type': 'text/xml' }, body: VERSION_CALL },
    isIn: (text) => text.includes('<methodResponse>'),
  },
  { path: '/web/version', asking: { method: 'GET' }, isIn: (text) => text.includes('"version_info"') },
];

export const http: Step<Reach> = {
  name: 'http',
  async run(reach) {
    const { url } = reach.target;
    let status = 0;
    for (const { path, asking, isIn } of signs) {
      const address = `${url.origin}${url.pathname.replace(/\/+$/, '')}${path}`;
      const limits = { timeoutMs: waitMs(reach), maxBytes: MOST_BYTES };
      const answer = await request(address, { ...asking, ...limits }).catch(() => undefined);
      if (answer === undefined) return failed('ODOO_UNREACHABLE', `${url.host} breaks the connection off.`);
      status = answer.status;
      if (status >= 300 && status < 400) {
        const to = redirectedTo(answer.headers.location, url);
        return failed('ODOO_UNREACHABLE', `${url.host} redirects to ${to}.`, 'Set that address as the URL of Odoo.');
      }
      if (status === 429) return failed('ODOO_RATE_LIMITED', 'Odoo asks to slow down.');
      if (status === 502 || status === 503 || status === 504) {
        const detail = `${url.host} answers with HTTP status ${status}: Odoo behind it does not run.`;
        return failed('ODOO_UNAVAILABLE', detail);
      }
      if (status === 200 && isIn(answer.body.toString('utf8'))) return ok(`${url.host} answers calls.`);
    }
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
    const uid = await odoo.logIn();
    const [known] = await odoo.searchRead('res.users', [['id', '=', uid]], ['login']);
    // JSON-2 goes by the key alone.
    if (known !== undefined && String(known.login).toLowerCase() !== user.toLowerCase()) {
      const detail = `The key belongs to ${known.login}, not to ${user}: what is synced is done in that name.`;
      return warning(detail, `Make a key as ${user} in Odoo, or enter ${known.login} as the user.`);
    }
    return ok(`Odoo knows ${user} and the key.`);
  },
};

export const transport: Step = {
  name: 'transport',
  async run({ odoo, target }) {
    const { url, database, user = '', password = '', settings } = target;
    const isLeft = odoo.transport === 'XML-RPC' && settings?.transport !== 'xmlrpc' && !isApiKey(password);
    if (isLeft && (await speaksJson2({ url: url.href, database, user, password }))) {
      const detail = 'Calls go over XML-RPC, which Odoo gives up: JSON-2, which replaces it, takes no password.';
      return warning(
        detail,
        'Make an API key in Odoo (My Preferences, Security) and enter it in place of the password.',
      );
    }
    return ok(`Calls go over ${odoo.transport}.`);
  },
};
