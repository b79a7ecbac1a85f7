/**
 * The same inputs each time: a run tells of the change it is run for. `FUZZ_SEED` gives others, as whoever looks
 * for something new wants.
 */
import fc from 'fast-check';

fc.configureGlobal({ seed: Number(process.env.FUZZ_SEED ?? 20_261_120) });
