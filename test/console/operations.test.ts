import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { operationsFile, operationsNow } from '../../console/generate/file.ts';

test('the console asks the API as its OpenAPI document is: `npm run generate:console` writes the client anew', () => {
  expect(readFileSync(operationsFile, 'utf8')).toBe(operationsNow());
});
