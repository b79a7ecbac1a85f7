import './test/support/node20.ts';
import { defineConfig } from 'vitest/config';

/**
 * Suites that need a real Odoo, named by ODOO_URL, ODOO_DB, ODOO_USER and ODOO_PASSWORD. With ODOO_ADMIN and
 * ODOO_ADMIN_PASSWORD it is taught German first, which some of them need.
 */
export default defineConfig({
  test: {
    globalSetup: ['test/support/bundles.ts', 'test/support/german.ts'],
    include: ['test/**/*.contract.test.ts', 'test/**/*.odoo.test.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    fileParallelism: false,
    // Each worker of a real server has caches of its own; once more tells such a quirk from a fault of ours.
    retry: 1,
  },
});
