/**
 * `npm run bundles [-- --json]`: how large each function's bundle is, and how long a fresh Node takes to load it.
 * Functions that share a source file share the bundle and are measured once.
 */
import { parseArgs } from 'node:util';
import { type Measurement, measureBundles } from './bundle-measure.ts';

function print(measured: readonly Measurement[]): void {
  const width = Math.max(...measured.map(({ entry }) => entry.length));
  console.log(`${'entry'.padEnd(width)}      KB   gz KB  import ms  functions`);
  for (const one of measured) {
    const numbers = [one.kilobytes.toFixed(1).padStart(8), one.gzipKilobytes.toFixed(1).padStart(8)];
    const time = String(one.coldImportMs).padStart(11);
    console.log(`${one.entry.padEnd(width)}${numbers.join('')}${time}  ${one.functions.join(', ')}`);
  }
}

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
const measured = await measureBundles();
if (values.json) console.log(JSON.stringify({ node: process.version, bundles: measured }));
else print(measured);
