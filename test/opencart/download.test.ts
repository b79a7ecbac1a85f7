/** Images that a store refers to: where they have moved to, and what is told of their URLs. */
import { createServer, type RequestListener } from 'node:http';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { close, listen } from '../../infra/local/aws/listen.ts';
import type { ConnectorError } from '../../lib/errors/index.ts';
import { downloadImage } from '../../lib/opencart/download.ts';

afterEach(() => vi.unstubAllEnvs());

const png = Buffer.from('89504e470d0a1a0a', 'hex');

/** A store whose paths answer so, an image where nothing is said. */
async function store(paths: Record<string, RequestListener>) {
  const reached: string[] = [];
  const server = createServer((asked, response) => {
    const path = asked.url ?? '';
    reached.push(path);
    const answer = paths[path];
    if (answer !== undefined) return answer(asked, response);
    return response.writeHead(200, { 'content-type': 'image/png' }).end(png);
  });
  const url = await listen(server);
  onTestFinished(() => close(server));
  return { url, reached };
}
const movedTo =
  (location: string): RequestListener =>
  (_, response) =>
    response.writeHead(302, { location }).end();
const refusal = (url: string): Promise<ConnectorError> =>
  downloadImage(url).then(
    () => expect.unreachable('It was fetched.'),
    (thrown: ConnectorError) => thrown,
  );

describe('an image that has moved', () => {
  test.each([301, 302, 303, 307, 308])('is fetched from where it is now: %i', async (status) => {
    const { url, reached } = await store({
      '/old.png': (_, response) => response.writeHead(status, { location: '/new.png' }).end(),
    });
    expect(await downloadImage(`${url}/old.png`)).toEqual(png);
    expect(reached).toEqual(['/old.png', '/new.png']);
  });

  test('again and again is given up', async () => {
    const { url, reached } = await store({ '/round.png': movedTo('/round.png') });
    expect((await refusal(`${url}/round.png`)).message).toContain('HTTP status 302');
    expect(reached).toHaveLength(4);
  });

  test.each([
    'file:///etc/passwd',
    'ftp://127.0.0.1/x.png',
    'data:image/png;base64,AAAA',
    'http://u:p@127.0.0.1/x.png',
    '//',
  ])('to %s is not followed', async (location) => {
    const { url, reached } = await store({ '/moved.png': movedTo(location) });
    const { code, message } = await refusal(`${url}/moved.png`);
    expect([code, message]).toEqual(['FILE_UNAVAILABLE', expect.stringContaining('HTTP status 302')]);
    expect(reached).toEqual(['/moved.png']);
  });

  test.each([
    ...[
      'http://169.254.169.254/latest/meta-data/iam/',
      'http://[fd00:ec2::254]/',
      'http://2852039166/',
      'http://10.0.0.1/',
    ],
    ...['http://[::ffff:a9fe:a9fe]/', 'http://localhost/', 'https://127.0.0.1/', '/beside.png'],
  ])('to %s is refused where private addresses are', async (location) => {
    const { url, reached } = await store({
      // The store of a test is inside itself: as deployed counts from its answer on.
      '/moved.png': (asked, response) => {
        vi.stubEnv('PRIVATE_ADDRESSES', undefined);
        return movedTo(location)(asked, response);
      },
    });
    const refused = await refusal(`${url}/moved.png`);
    expect([refused.code, (refused.cause as ConnectorError).code]).toEqual(['FILE_UNAVAILABLE', 'ADDRESS_PRIVATE']);
    expect(reached).toEqual(['/moved.png']);
  });
});

describe('the URL of an image', () => {
  const missing = { '/image.php?token=Schibboleth': movedTo('/image.php?token=Schibboleth') };

  test('is told without its query: it may hold what opens the store', async () => {
    const { url } = await store(missing);
    const refused = await refusal(`${url}/image.php?token=Schibboleth#Schibboleth`);
    expect(refused.causeKey).toBe(`FILE_UNAVAILABLE:${url}/image.php`);
    expect(refused.message).not.toContain('Schibboleth');
  });

  test('of a folder is told without its query, too', async () => {
    const { url } = await store({ '/?token=Schibboleth': movedTo('/?token=Schibboleth') });
    const refused = await refusal(`${url}/?token=Schibboleth`);
    expect(refused.message).toBe(`An image is missing: the store answers ${new URL(url).host} with HTTP status 302.`);
  });

  test.each(['user:Schibboleth@', 'Schibboleth@', ':Schibboleth@'])(
    'with %s in it is not asked, and not told',
    async (login) => {
      const { url, reached } = await store({});
      const refused = await refusal(`${url.replace('//', `//${login}`)}/kettle.png`);
      expect(refused.code).toBe('FILE_UNAVAILABLE');
      expect(refused.causeKey + refused.message).not.toContain('Schibboleth');
      expect(refused.message).toContain('kettle.png has a user or a password in its URL');
      expect(reached).toEqual([]);
    },
  );
});
