import { synthesize } from '../fixture.ts';

/** The stack as it is deployed when nothing is said, synthesized once for all tests of it. */
export const deployed = synthesize();
