import { hostProblem } from './guard.ts';

/** What is wrong with a URL that the connector is to ask, for people. A name is resolved only when it is asked. */
export function urlProblem(url: string | undefined): string | undefined {
  if (url === undefined) return undefined;
  const { username, password, hostname } = new URL(url);
  // Settings are shown and logged; a login is kept where it is not.
  if (username !== '' || password !== '') return 'must hold neither a user nor a password';
  return hostProblem(hostname) === undefined ? undefined : 'must have a host that can be reached from the internet';
}
