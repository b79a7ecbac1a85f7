import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { ZipEntry } from './zip.ts';

const here = import.meta.dirname;

/** A package: the name of its file, which OpenCart 4 takes for the extension's code, and what is in it. */
export interface Package {
  file: string;
  entries: ZipEntry[];
}

/** Where each line of OpenCart wants what both share. */
const lines = [
  {
    file: 'odoo_connector.ocmod.zip',
    own: 'v4',
    core: 'system/library/odoo_connector/',
    language: (locale: string) => `admin/language/${locale}/module/odoo_connector.php`,
    templates: 'admin/view/template/',
    scripts: 'admin/view/javascript/',
  },
  {
    file: 'odoo_connector_oc3.ocmod.zip',
    own: 'v3',
    core: 'upload/system/library/odoo_connector/',
    language: (locale: string) => `upload/admin/language/${locale}/extension/module/odoo_connector.php`,
    templates: 'upload/admin/view/template/extension/module/odoo_connector/',
    scripts: 'upload/admin/view/javascript/odoo_connector/',
  },
];

/** The packages of the store's extension, one for OpenCart 4 and one for OpenCart 3. */
export async function packages(): Promise<Package[]> {
  const core = await under('core');
  const languages = await under('shared/admin/language');
  const templates = await under('shared/admin/template');
  const scripts = [...(await under('shared/admin/javascript')), ...(await under('shared/admin/stylesheet'))];
  return Promise.all(
    lines.map(async (line) => ({
      file: line.file,
      entries: [
        ...(await under(line.own)),
        ...at(line.core, core),
        ...at(line.templates, templates),
        ...at(line.scripts, scripts),
        ...languages.map(({ path, data }) => ({ path: line.language(path.split('/')[0] ?? path), data })),
      ],
    })),
  );
}

/**
 * The release of the extension, which three places name: the project, OpenCart 4's manifest and the code, by which an
 * upgrade is known.
 * @throws Error if they differ
 */
export async function release(): Promise<string> {
  const named = {
    'package.json': JSON.parse(await read('../package.json')).version,
    'opencart/v4/install.json': JSON.parse(await read('v4/install.json')).version,
    'opencart/core/Admin/Release.php': /VERSION = '([^']+)'/.exec(await read('core/Admin/Release.php'))?.[1],
  };
  const [first, ...others] = Object.values(named);
  if (others.some((other) => other !== first)) throw new Error(`Releases differ: ${JSON.stringify(named)}`);
  return first;
}

function at(directory: string, entries: ZipEntry[]): ZipEntry[] {
  return entries.map(({ path, data }) => ({ path: directory + path, data }));
}

async function under(directory: string): Promise<ZipEntry[]> {
  const root = join(here, directory);
  const files = await readdir(root, { recursive: true, withFileTypes: true });
  return Promise.all(
    files
      .filter((file) => file.isFile())
      .map(async (file) => {
        const path = join(file.parentPath, file.name);
        return { path: relative(root, path).split(sep).join('/'), data: await readFile(path) };
      }),
  );
}

function read(file: string): Promise<string> {
  return readFile(join(here, file), 'utf8');
}
