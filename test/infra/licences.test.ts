/** What is shipped: under which licences, and that a scanner is told of it. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { beforeAll, expect, test } from 'vitest';
import { allowedLicences, type BundledPackage, bundledPackages } from '../../infra/licences/bundled.ts';

let packages: BundledPackage[];
beforeAll(async () => {
  packages = await bundledPackages();
}, 60_000);

test('what is shipped is under licences that ask for no more than being named', () => {
  const names = packages.map(({ name }) => name);
  expect(names).toEqual(
    expect.arrayContaining(['zod', 'xmlrpc', '@aws-sdk/client-dynamodb', 'react', '@mantine/core']),
  );
  expect(packages.filter(({ licence }) => !allowedLicences.has(licence))).toEqual([]);
});

test('the XML parser of xmlrpc is a current one', () => {
  const versions = Object.fromEntries(packages.map(({ name, version }) => [name, version]));
  expect(Number(versions.sax?.split('.')[1])).toBeGreaterThanOrEqual(6);
});

interface Sbom {
  bomFormat: string;
  components: { purl: string; hashes?: unknown[] }[];
}

test('the SBOM names everything that is shipped, in the version that is, with its hash', async () => {
  const { stdout } = await promisify(execFile)('npm', ['run', '-s', 'sbom'], { maxBuffer: 2 ** 26 });
  const sbom = JSON.parse(stdout) as Sbom;
  expect(sbom.bomFormat).toBe('CycloneDX');
  const hashed = new Set(sbom.components.filter(({ hashes = [] }) => hashes.length > 0).map(({ purl }) => purl));
  const shipped = packages.map(({ name, version }) => `pkg:npm/${name.replace('@', '%40')}@${version}`);
  expect(shipped.filter((purl) => !hashed.has(purl))).toEqual([]);
});
