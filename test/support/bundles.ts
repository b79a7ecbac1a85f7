/** The functions are bundled once for all suites: a second of both cores each time. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { bundleFunctions } from '../../infra/local/runner/index.ts';
import { functions } from '../../infra/topology.ts';

declare module 'vitest' {
  interface ProvidedContext {
    bundles: string;
  }
}

/** Runs before all suites; what it returns runs after them. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'connector-bundles-'));
  await bundleFunctions(functions, folder);
  project.provide('bundles', folder);
  // Somebody watches the tests while writing a function.
  project.onTestsRerun(async () => {
    await bundleFunctions(functions, folder);
  });
  return () => rm(folder, { recursive: true, force: true });
}
