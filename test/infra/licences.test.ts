import { expect, test } from 'vitest';
import { allowedLicences, bundledPackages } from '../../infra/licences/bundled.ts';

test('what is shipped is under licences that ask for no more than being named', async () => {
  const packages = await bundledPackages();
  const names = packages.map(({ name }) => name);
  expect(names).toEqual(
    expect.arrayContaining(['zod', 'xmlrpc', '@aws-sdk/client-dynamodb', 'react', '@mantine/core']),
  );
  expect(packages.filter(({ licence }) => !allowedLicences.has(licence))).toEqual([]);
});

test('the XML parser of xmlrpc is a current one', async () => {
  const versions = Object.fromEntries((await bundledPackages()).map(({ name, version }) => [name, version]));
  expect(Number(versions.sax?.split('.')[1])).toBeGreaterThanOrEqual(6);
});
