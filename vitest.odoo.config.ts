import './test/support/node20.ts';
import { defineConfig } from 'vitest/config';

const { ODOO_VERSION } = process.env;

/**
 * Suites that need a real Odoo, named by ODOO_URL, ODOO_DB, ODOO_USER and ODOO_PASSWORD. With ODOO_ADMIN and
 * ODOO_ADMIN_PASSWORD it is taught German first, which some of them need. With ODOO_VERSION (16, 17 or 18) the
 * suite that holds the sandbox of that version to the real one runs, too.
 */
export default defineConfig({
  test: {
    // Odoo and the store of a test are on this machine.
    env: { PRIVATE_ADDRESSES: 'allowed' },
    setupFiles: ['test/support/fuzz-seed.ts'],
    globalSetup: ['test/support/bundles.ts', 'test/support/german.ts'],
    include: [
      ...['test/**/*.contract.test.ts', 'test/**/*.odoo.test.ts'],
      ...(ODOO_VERSION === undefined ? [] : [`test/versions/odoo${ODOO_VERSION}.test.ts`]),
    ],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    fileParallelism: false,
    // Each worker of a real server has caches of its own; once more tells such a quirk from a fault of ours.
    retry: 1,
  },
});
