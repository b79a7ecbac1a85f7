import '../test/support/node20.ts';
import { defineConfig } from 'vitest/config';

/** `npm run test:console`: the console in a real browser, against the local stack. */
export default defineConfig({
  test: {
    globalSetup: ['test/support/bundles.ts', 'console/test/support/built.ts'],
    include: ['console/test/**/*.test.ts'],
    // Each suite has a stack and a browser of its own.
    fileParallelism: false,
    testTimeout: 300_000,
    hookTimeout: 300_000,
  },
});
