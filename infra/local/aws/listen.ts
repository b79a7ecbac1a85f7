import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Every local server is for this machine alone: none of them checks who is calling. */
const host = '127.0.0.1';

/** Starts listening on the loopback interface (port 0: any free one) and answers the server's URL. */
export async function listen(server: Server, port = 0): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  return `http://${host}:${(server.address() as AddressInfo).port}`;
}

/** Accepts no more requests, gives those under way `graceMs`, then closes whatever connections are left. */
export async function close(server: Server, graceMs = 0): Promise<void> {
  const timer = setTimeout(() => server.closeAllConnections(), graceMs);
  await new Promise<void>((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
  });
  clearTimeout(timer);
}
