/** `npm run licences [-- --json]`: the packages in what is shipped, and their licences. Exits with 1 if one is not allowed. */
import { parseArgs } from 'node:util';
import { allowedLicences, bundledPackages } from './bundled.ts';

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
const packages = await bundledPackages();
const refused = packages.filter(({ licence }) => !allowedLicences.has(licence));
if (values.json) console.log(JSON.stringify({ packages, refused }));
else {
  const width = Math.max(...packages.map(({ name, version }) => name.length + version.length + 1));
  for (const one of packages) {
    console.log(`${`${one.name}@${one.version}`.padEnd(width)}  ${one.licence.padEnd(14)}  ${one.in.join(', ')}`);
  }
  for (const { name, licence } of refused) console.error(`${name} is under ${licence}, which is not allowed.`);
}
process.exitCode = refused.length === 0 ? 0 : 1;
