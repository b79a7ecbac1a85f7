/** `npm run generate:console`: writes the console's client for the API as it is. */
import { writeFileSync } from 'node:fs';
import { operationsFile, operationsNow } from './file.ts';

writeFileSync(operationsFile, operationsNow());
