import './test/support/node20.ts';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    globalSetup: ['test/support/bundles.ts'],
    include: ['test/**/*.test.ts'],
    exclude: ['test/**/*.odoo.test.ts', '**/node_modules/**'],
    testTimeout: 30_000,
  },
});
