import './test/support/node20.ts';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    // Odoo and the store of a test are on this machine.
    env: { PRIVATE_ADDRESSES: 'allowed' },
    globalSetup: ['test/support/bundles.ts'],
    include: ['test/**/*.test.ts'],
    exclude: ['test/**/*.odoo.test.ts', '**/node_modules/**'],
    // Most suites wait for queues and timers most of the time.
    maxWorkers: 2,
    testTimeout: 60_000,
  },
});
