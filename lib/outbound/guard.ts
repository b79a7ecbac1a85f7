/**
 * Where the connector may connect to when it is told a URL: the internet. A URL of the settings or of a snapshot
 * must not make it ask the cloud's own metadata, or whatever else only its network can reach.
 *
 * The address is looked at where the connection is made, so the one that was checked is the one connected to: a
 * name that resolves to another address a moment later gains nothing.
 */
import { type LookupAddress, type LookupAllOptions, lookup } from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { arePrivateAddressesAllowed } from '../environment.ts';
import { ConnectorError } from '../errors/index.ts';
import { isPublic } from './address.ts';

/** As `dns.lookup` with `all`. */
export type Resolve = (
  host: string,
  options: LookupAllOptions,
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** What a host that is not the internet's is refused with. Its address is not told: it may be a secret of somebody. */
export const refusedHost = (host: string): ConnectorError =>
  new ConnectorError('ADDRESS_PRIVATE', `${host} is no address of the internet.`, { subject: host });

/** An IPv6 address stands in brackets in a URL, and nowhere else. */
const bare = (host: string): string => host.replace(/^\[|\]$/g, '');

/** Why a host is refused before anybody resolves it: an address that is written out, or this machine's own name. */
export function hostProblem(host: string): ConnectorError | undefined {
  if (arePrivateAddressesAllowed()) return undefined;
  const name = bare(host).toLowerCase().replace(/\.$/, '');
  const isRefused = isIP(name) === 0 ? name === 'localhost' || name.endsWith('.localhost') : !isPublic(name);
  return isRefused ? refusedHost(host) : undefined;
}

/** `lookup` for a socket: all addresses of the name must be the internet's. */
export function guardedLookup(resolve: Resolve = lookup): LookupFunction {
  return (host, options, done) => {
    resolve(host, { ...options, all: true }, (error, addresses) => {
      const [first] = addresses ?? [];
      const refused =
        error ?? (arePrivateAddressesAllowed() || addresses.every(isOfTheInternet) ? undefined : refusedHost(host));
      if (refused || first === undefined) done(refused ?? refusedHost(host), '', 0);
      else if (options.all) done(null, addresses);
      else done(null, first.address, first.family);
    });
  };
}

const isOfTheInternet = ({ address }: LookupAddress): boolean => isPublic(address);

/** An agent whose sockets reach the internet only. Requests fail with `ADDRESS_PRIVATE` otherwise. */
export function guardedAgent(
  { protocol }: Pick<URL, 'protocol'>,
  options: https.AgentOptions = {},
  resolve?: Resolve,
): http.Agent {
  const Agent = protocol === 'https:' ? https.Agent : http.Agent;
  const agent = new Agent({ ...options, lookup: guardedLookup(resolve) } as https.AgentOptions);
  const connect = agent.createConnection.bind(agent);
  // A host that is an address is never looked up.
  agent.createConnection = (asked, done) => {
    const refused = hostProblem(asked.host ?? '');
    if (refused === undefined) return connect(asked, done);
    queueMicrotask(() => done?.(refused, undefined as never));
    return undefined as never;
  };
  return agent;
}
