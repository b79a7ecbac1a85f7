/** Plays CloudFront and S3: the console's files, every address of a page answered with the one page there is. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import {
  type ConsoleSite,
  consoleConfig,
  consoleHeaders,
  FILE,
  IMMUTABLE,
  isImmutable,
  REVALIDATED,
} from '../console-policy.ts';
import type { HttpAnswer } from './runner/http-answer.ts';

/** Answers a request that is not the API's; undefined: there is nothing of that name. */
export type Site = (method: string, path: string) => HttpAnswer | undefined;

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.zip': 'application/zip',
};

interface File {
  body: Buffer;
  type: string;
}

/**
 * @param folder what `npm run build:console` has made; it is read once
 * @param packages the folder with the store's extension, if it was built: they can be downloaded
 */
export function consoleFiles(folder: string, site: ConsoleSite, packages?: string): Site {
  const files = new Map(filesIn(folder));
  const downloads = packages !== undefined && existsSync(packages) ? [...filesIn(packages)] : [];
  for (const [path, file] of downloads) files.set(`/downloads${path}`, file);
  const config = consoleConfig({ ...site, downloads: downloads.map(([path]) => path.slice(1)) });
  files.set('/config.json', { body: Buffer.from(JSON.stringify(config)), type: 'application/json' });
  const headers = consoleHeaders(site);
  return (method, path) => {
    if (method !== 'GET' && method !== 'HEAD') return undefined;
    const file = files.get(FILE.test(path) ? path : '/index.html');
    if (file === undefined) return undefined;
    const cached = isImmutable(path) ? IMMUTABLE : REVALIDATED;
    return {
      status: 200,
      headers: { ...headers, 'content-type': file.type, 'cache-control': cached },
      body: file.body,
    };
  };
}

function* filesIn(folder: string): Iterable<[string, File]> {
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const path = `/${relative(folder, file).split(sep).join('/')}`;
    yield [path, { body: readFileSync(file), type: TYPES[extname(path)] ?? 'application/octet-stream' }];
  }
}
