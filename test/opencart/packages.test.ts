import { crc32 } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { packages, release } from '../../opencart/packages.ts';
import { zip } from '../../opencart/zip.ts';

/** What OpenCart 3's installer takes; anything else makes it refuse the whole package. */
const OPENCART_3 =
  /^upload\/(admin\/(controller|model)\/extension|admin\/language|admin\/view\/(template\/extension|javascript|stylesheet|image)|catalog\/(controller|model)\/extension|catalog\/language|catalog\/view\/(theme|javascript)|system\/(config|library)|image\/catalog)\//;

/** Files of an archive, as an unpacker finds them: by the directory at its end. */
function unzip(archive: Buffer): { path: string; data: Buffer; changed: number }[] {
  const end = archive.length - 22;
  expect(archive.readUInt32LE(end)).toBe(0x06054b50);
  let at = archive.readUInt32LE(end + 16);
  return Array.from({ length: archive.readUInt16LE(end + 10) }, () => {
    expect(archive.readUInt32LE(at)).toBe(0x02014b50);
    const [changed, sum, size] = [
      archive.readUInt32LE(at + 12),
      archive.readUInt32LE(at + 16),
      archive.readUInt32LE(at + 24),
    ];
    const [nameLength, local] = [archive.readUInt16LE(at + 28), archive.readUInt32LE(at + 42)];
    const path = archive.toString('utf8', at + 46, at + 46 + nameLength);
    at += 46 + nameLength;
    expect(archive.readUInt32LE(local)).toBe(0x04034b50);
    const from = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    const data = archive.subarray(from, from + size);
    expect(crc32(data)).toBe(sum);
    return { path, data, changed };
  });
}

async function built(file: string): Promise<{ path: string; data: Buffer }[]> {
  const found = (await packages()).find((candidate) => candidate.file === file);
  return unzip(zip(found?.entries ?? []));
}

describe('the packages of the extension', () => {
  it('are one for each line of OpenCart, whose file for 4 is named like the extension', async () => {
    expect((await packages()).map(({ file }) => file)).toEqual([
      'odoo_connector.ocmod.zip',
      'odoo_connector_oc3.ocmod.zip',
    ]);
  });

  it('hold for OpenCart 4 the manifest that its installer reads, at the root', async () => {
    const files = new Map((await built('odoo_connector.ocmod.zip')).map(({ path, data }) => [path, data]));
    const manifest = JSON.parse(String(files.get('install.json')));
    for (const field of ['name', 'version', 'author', 'link']) expect(manifest[field], field).toBeTruthy();
    expect(manifest.version).toBe(await release());
    for (const path of [
      'admin/controller/module/odoo_connector.php',
      'admin/language/en-gb/module/odoo_connector.php',
      'admin/language/de-de/module/odoo_connector.php',
      'admin/view/template/settings.twig',
      'catalog/controller/module/odoo_connector.php',
      'catalog/controller/api/export.php',
      'system/library/odoo_connector/autoload.php',
      'system/library/odoo_connector/Admin/Module.php',
    ]) {
      expect(files.has(path), path).toBe(true);
    }
  });

  it('hold for OpenCart 3 only what its installer takes', async () => {
    const files = await built('odoo_connector_oc3.ocmod.zip');
    expect(files.map(({ path }) => path).filter((path) => !OPENCART_3.test(path))).toEqual([]);
    const paths = files.map(({ path }) => path);
    expect(paths).toContain('upload/admin/controller/extension/module/odoo_connector.php');
    expect(paths).toContain('upload/catalog/controller/extension/module/odoo_connector.php');
    expect(paths).toContain('upload/system/library/odoo_connector/Connector.php');
    expect(paths).toContain('upload/admin/view/template/extension/module/odoo_connector/console.twig');
  });

  it('carry no tests', async () => {
    for (const { entries } of await packages()) {
      expect(entries.filter(({ path }) => /test/i.test(path) && !path.endsWith('ConnectionTest.php'))).toEqual([]);
    }
  });
});

describe('an archive', () => {
  const entry = (path: string, text: string) => ({ path, data: Buffer.from(text) });

  it('has the same bytes for the same files, in whatever order', () => {
    const [a, b] = [entry('b/ä.php', 'x'), entry('a.php', 'y')];
    expect(zip([a, b]).equals(zip([b, a]))).toBe(true);
    expect(unzip(zip([a, b])).map(({ path, data }) => [path, String(data)])).toEqual([
      ['a.php', 'y'],
      ['b/ä.php', 'x'],
    ]);
  });

  it("gives a changed file another time, so that PHP's cache of code sees it", () => {
    const timeOf = (text: string) => unzip(zip([entry('a.php', text)]))[0]?.changed;
    expect(timeOf('one')).not.toBe(timeOf('two'));
    expect(timeOf('one')).toBe(timeOf('one'));
  });
});
