/** Whether anything answers where the URL points: its name, then its port and certificate. */
import type { LookupAddress } from 'node:dns';
import net from 'node:net';
import tls from 'node:tls';
import { ConnectorError } from '../errors/index.ts';
import { guardedLookup, hostProblem } from '../outbound/guard.ts';
import { failed, ok, type Reach, type Step, waitMs, warning } from './step.ts';

/** An IPv6 address stands in brackets in a URL, and nowhere else. */
const hostOf = ({ hostname }: URL): string => hostname.replace(/^\[|\]$/g, '');
const portOf = (url: URL): number => Number(url.port || (url.protocol === 'https:' ? 443 : 80));
const isHere = (host: string): boolean => host === 'localhost' || /^127\.|^::1$/.test(host);

export const dns: Step<Reach> = {
  name: 'dns',
  async run(reach) {
    const host = hostOf(reach.target.url);
    const refused = hostProblem(host);
    if (refused !== undefined) return failed(refused.code, refused.message, refused.remedy);
    if (net.isIP(host) !== 0) return ok(`${host} is an address.`);
    const remedy = 'Check the spelling of the URL, and that the name exists outside your own network.';
    try {
      const addresses = await inTime(resolved(host), waitMs(reach));
      return ok(`${host} is ${addresses.map(({ address }) => address).join(', ')}.`);
    } catch (error) {
      if (error instanceof ConnectorError) return failed(error.code, error.message, error.remedy);
      return failed('ODOO_UNREACHABLE', `The name ${host} is not known (${codeOf(error)}).`, remedy);
    }
  },
};

export const connect: Step<Reach> = {
  name: 'connection',
  async run(reach) {
    const { url } = reach.target;
    const [host, port] = [hostOf(url), portOf(url)];
    const secure = url.protocol === 'https:';
    try {
      const detail = await open(host, port, secure, waitMs(reach));
      if (secure || isHere(host)) return ok(detail);
      return warning(
        `${detail} Passwords and customers' data go over the network for everybody to read.`,
        'Give Odoo a certificate and use https://.',
      );
    } catch (error) {
      if (error instanceof ConnectorError) return failed(error.code, error.message, error.remedy);
      const [text, remedy] = reasonOf(codeOf(error), `${host}:${port}`, secure);
      return failed(codeOf(error) === 'ETIMEDOUT' ? 'ODOO_TIMEOUT' : 'ODOO_UNREACHABLE', text, remedy);
    }
  },
};

const resolved = (host: string): Promise<LookupAddress[]> =>
  new Promise((resolve, reject) => {
    guardedLookup()(host, { all: true }, (error, addresses) =>
      error === null ? resolve(addresses as LookupAddress[]) : reject(error),
    );
  });

/** @returns what was opened, for people; throws what Node says of it */
function open(host: string, port: number, secure: boolean, timeoutMs: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const servername = net.isIP(host) === 0 ? { servername: host } : {};
    const to = { host, port, lookup: guardedLookup() };
    const socket = secure ? tls.connect({ ...to, ...servername }) : net.connect(to);
    const done = (settle: () => void) => {
      socket.destroy();
      settle();
    };
    socket.setTimeout(timeoutMs, () => done(() => reject(coded('ETIMEDOUT'))));
    socket.once('error', (error) => done(() => reject(error)));
    socket.once(secure ? 'secureConnect' : 'connect', () => {
      const until = socket instanceof tls.TLSSocket ? socket.getPeerCertificate().valid_to : undefined;
      const certificate = until === undefined ? '' : ` The certificate is valid until ${isoDay(until)}.`;
      done(() => resolve(`${host} answers on port ${port}.${certificate}`));
    });
  });
}

const certificateRemedy = 'Whoever runs the server of Odoo must install a certificate that browsers trust.';

/** What a code of Node means, and who can mend it. */
function reasonOf(code: string, where: string, secure: boolean): [text: string, remedy: string] {
  switch (code) {
    case 'ECONNREFUSED':
      return [`Nothing listens on ${where}.`, 'Check the port of the URL, and that Odoo runs.'];
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return [`${where} does not answer.`, 'Check the port of the URL, and that no firewall stands in between.'];
    case 'DEPTH_ZERO_SELF_SIGNED_CERT':
    case 'SELF_SIGNED_CERT_IN_CHAIN':
      return [`The certificate of ${where} is self-signed.`, certificateRemedy];
    case 'CERT_HAS_EXPIRED':
      return [`The certificate of ${where} has expired.`, certificateRemedy];
    case 'ERR_TLS_CERT_ALTNAME_INVALID':
      return [
        `The certificate of ${where} is for another name.`,
        'Use the name in the certificate, or get one for it.',
      ];
    case 'UNABLE_TO_VERIFY_LEAF_SIGNATURE':
    case 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY':
      return [
        `The certificate of ${where} lacks its intermediate certificate, or nobody trusts it.`,
        certificateRemedy,
      ];
    default:
      return secure
        ? [`${where} does not speak TLS (${code}).`, 'Check the port, or use http:// if the server has no certificate.']
        : [`${where} cannot be reached (${code}).`, 'Check the URL and its port.'];
  }
}

const codeOf = (error: unknown): string => {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : 'unknown';
};
const coded = (code: string): Error => Object.assign(new Error(code), { code });
const isoDay = (text: string): string => new Date(text).toISOString().slice(0, 10);

async function inTime<T>(work: Promise<T>, timeoutMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(coded('ETIMEDOUT')), timeoutMs);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
