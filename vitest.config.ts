import './test/support/node20.ts';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Odoo and the store of a test are on this machine.
    env: { PRIVATE_ADDRESSES: 'allowed' },
    setupFiles: ['test/support/fuzz-seed.ts'],
    globalSetup: ['test/support/bundles.ts'],
    include: ['test/**/*.test.ts'],
    exclude: ['test/**/*.odoo.test.ts', '**/node_modules/**'],
    // Most suites wait for queues and timers most of the time.
    maxWorkers: 2,
    // What hangs is found all the same; a machine that is busy with other things needs its time.
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
