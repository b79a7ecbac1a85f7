/** Syncs a batch as a consumer does, without the queue before it: what is in one batch is up to the test. */
import type { AnyEntity } from '../../lib/sync/declare.ts';
import type { SyncItem, SyncOutcome, SyncTools } from '../../lib/sync/engine.ts';
import type { Preview } from '../../lib/sync/preview.ts';
import { rig } from './pipeline.ts';
import type { EventInput } from './snapshots.ts';

export interface DirectSync {
  /** The Odoo calls it took, as `model.method`. */
  calls: string[];
  outcomes: SyncOutcome[];
}

/** `onCall` is told of each call as soon as it is done. */
export async function syncTogether(
  events: readonly EventInput[],
  onCall: (call: string) => void = () => {},
): Promise<DirectSync> {
  const { syncBatch } = await import('../../lib/sync/engine.ts');
  const { calls, result } = await together(events, syncBatch, onCall);
  return { calls, outcomes: result };
}

/** What that batch would do. */
export async function previewTogether(events: readonly EventInput[]): Promise<{ calls: string[]; preview: Preview }> {
  const { previewBatch } = await import('../../lib/sync/preview.ts');
  const { calls, result } = await together(events, previewBatch);
  return { calls, preview: result };
}

async function together<T>(
  events: readonly EventInput[],
  work: (tools: SyncTools, declaration: AnyEntity, items: SyncItem[]) => Promise<T>,
  onCall: (call: string) => void = () => {},
): Promise<{ calls: string[]; result: T }> {
  // Read only now: the AWS clients take their endpoints from the environment when they are made.
  const { registry, findEntity } = await import('../../lib/entities/index.ts');
  const { withOdoo } = await import('../../lib/queue/odoo.ts');
  const { downloadImage } = await import('../../lib/opencart/download.ts');
  const declaration = findEntity(events[0]?.entity ?? '') as AnyEntity;
  const items = events.map(({ recordId, sequence, action, data, id }) => {
    return { recordId, sequence, action, data, eventId: id };
  });
  let calls: string[] = [];
  const result = await withOdoo(
    rig.connection,
    ({ model, method }) => {
      calls.push(`${model}.${method}`);
      onCall(`${model}.${method}`);
    },
    async ({ odoo, context }) => {
      // Logging in and asking for the dialect is done once per warm function.
      await odoo.logIn();
      calls = [];
      return work({ registry, context, odoo, download: downloadImage }, declaration, items);
    },
  );
  return { calls, result };
}
