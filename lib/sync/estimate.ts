import { callsFor } from './calls-at-once.ts';
import type { SyncTools } from './engine.ts';
import { isBorn, isWritten, type PlanNode } from './node.ts';
import type { Plan } from './plan.ts';
import { wavesOf } from './waves.ts';
import { LOAD_RECORDS } from './write.ts';

/**
 * About how many calls a plan takes beyond those that making it has taken: some of what is done depends
 * on what Odoo answers on the way.
 */
export function estimatedCalls({ context }: SyncTools, plan: Plan, removals: number): number {
  const waves = plan.flatMap((stage) => wavesOf(stage).map((wave) => callsOf(wave, context)));
  return waves.reduce((sum, calls) => sum + calls, 0) + (removals > 0 ? 1 : 0);
}

function callsOf(wave: readonly PlanNode[], context: SyncTools['context']): number {
  const [first] = wave;
  if (first === undefined) return 0;
  const { declaration } = first;
  const written = wave.filter(isWritten);
  const known = written.some((node) => node.odooId !== undefined && node.action !== 'create');
  const settled = wave.filter((node) => node.error === undefined && node.asked && node.action !== 'known');
  const { lifecycle, revision } = declaration;
  return (
    callsFor(written.length, LOAD_RECORDS, context.settings.callsAtOnce) +
    (isBorn(declaration) && written.length > 0 ? 1 : 0) +
    (revision !== undefined && known ? 2 : 0) +
    (wave.some((node) => node.archived) ? 1 : 0) +
    (lifecycle === undefined || settled.length === 0
      ? 0
      : (lifecycle.reads.length > 0 ? 1 : 0) +
        (lifecycle.calls?.(
          settled.map(({ snapshot }) => snapshot),
          context,
        ) ?? 0))
  );
}
