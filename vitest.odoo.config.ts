import './test/support/node20.ts';
import { defineConfig } from 'vitest/config';

/** Suites that need a real Odoo, named by ODOO_URL, ODOO_DB, ODOO_USER and ODOO_PASSWORD. */
export default defineConfig({
  test: {
    include: ['test/**/*.contract.test.ts', 'test/**/*.odoo.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    fileParallelism: false,
    // Each worker of a real server has caches of its own; once more tells such a quirk from a fault of ours.
    retry: 1,
  },
});
