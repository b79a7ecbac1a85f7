import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packages, release } from './packages.ts';
import { zip } from './zip.ts';

// npm run build:opencart: the two packages that OpenCart's own installer takes, into dist/opencart.
const to = join(import.meta.dirname, '..', 'dist', 'opencart');
const version = await release();
await mkdir(to, { recursive: true });
for (const { file, entries } of await packages()) {
  const archive = zip(entries);
  await writeFile(join(to, file), archive);
  console.log(`dist/opencart/${file}  ${version}  ${entries.length} files  ${archive.length} bytes`);
}
