import './test/support/node20.ts';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/**/*.odoo.test.ts', '**/node_modules/**'],
    testTimeout: 30_000,
  },
});
