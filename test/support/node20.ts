/**
 * Vitest 5 asks for Node 22 and runs on 20 but for one function, without which it cannot print why a
 * test failed. Imported by the Vitest configurations.
 */
import { groupBy } from '../../lib/collections.ts';

if (!('groupBy' in Map)) Object.assign(Map, { groupBy });
