/** Which addresses are the internet's, and which are somebody's own: of this machine, its network, its cloud. */
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** All that is given out to the public so far (RFC 4291): what is outside has no use of its own, or maps IPv4. */
const GLOBAL_UNICAST = ipaddr.IPv6.parseCIDR('2000::/3');

/** Whether an IP address, in any notation that `node:dns` answers with, belongs to the internet. */
export function isPublic(address: string): boolean {
  if (isIP(address) === 0) return false;
  // An IPv4 address that is written as an IPv6 one counts as what it is.
  const parsed = ipaddr.process(address);
  if (parsed.range() !== 'unicast') return false;
  return parsed instanceof ipaddr.IPv4 || parsed.match(GLOBAL_UNICAST);
}
