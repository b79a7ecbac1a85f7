/** URLs as deployed, where nothing allows private addresses: no notation of an address leads inside. */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { request } from '../../lib/outbound/request.ts';
import { urlProblem } from '../../lib/outbound/url.ts';
import { anyText, tried } from '../support/fuzz.ts';
import { insideHost, publicHost } from '../support/hosts.ts';

beforeEach(() => {
  vi.stubEnv('PRIVATE_ADDRESSES', undefined);
});
afterEach(() => vi.unstubAllEnvs());

const scheme = fc.constantFrom('http', 'https', 'HTTP');
const rest = fc.constantFrom('', '/', ':80/', ':8069/index.php?x=1', '/latest/meta-data/');
const to = (host: fc.Arbitrary<string>) =>
  fc.tuple(scheme, host, rest).map(([protocol, name, more]) => `${protocol}://${name}${more}`);

describe('a URL', () => {
  test('that leads inside is refused when it is set, however its host is written', () => {
    fc.assert(
      fc.property(to(insideHost), (url) => {
        expect(urlProblem(url)).toBe('must have a host that can be reached from the internet');
      }),
      tried(5),
    );
  });

  test('that leads inside is refused when it is asked, before any connection', async () => {
    const resolve = () => expect.unreachable('Nothing is looked up.');
    await fc.assert(
      fc.asyncProperty(to(insideHost), async (url) => {
        const asked = request(url, { method: 'GET', timeoutMs: 5_000, maxBytes: 1, resolve });
        await expect(asked).rejects.toMatchObject({ code: 'ADDRESS_PRIVATE' });
      }),
      tried(),
    );
  });

  test('that leads to the internet may be set', () => {
    fc.assert(
      fc.property(to(publicHost), (url) => {
        expect(urlProblem(url)).toBeUndefined();
      }),
      tried(5),
    );
  });

  test('with a user or a password may not be set, wherever it leads', () => {
    const word = fc.stringMatching(/^\w{1,9}$/);
    const login = fc.oneof(
      word.map((user) => `${user}@`),
      word.map((password) => `:${password}@`),
      fc.tuple(word, word).map((both) => `${both.join(':')}@`),
    );
    const host = fc.oneof(insideHost, publicHost);
    fc.assert(
      fc.property(login, host, (before, name) => {
        expect(urlProblem(`http://${before}${name}/`)).toBe('must hold neither a user nor a password');
      }),
      tried(),
    );
  });

  test('of any text may be set, or is told why not', () => {
    const some = fc.oneof(
      fc.webUrl({ withQueryParameters: true }),
      anyText.map((host) => `http://${host}/`),
    );
    fc.assert(
      fc.property(some, (url) => {
        fc.pre(URL.canParse(url));
        expect(urlProblem(url) ?? 'must not be told').toMatch(/^must /);
      }),
      tried(),
    );
  });
});
