/** What a run can be of, and what comes along with it. */
import type { Body } from '../api/client.ts';

export type RunEntity = Body<'startRuns'>['entity'];

export const runEntities: readonly RunEntity[] = [
  ...(['all', 'customer', 'product', 'category', 'option', 'order'] as const),
  ...(['tax', 'currency', 'carrier', 'payment-method', 'order-status'] as const),
];

/** Whether the store can be asked for such records by themselves. */
export const canRun = (entity: string): boolean => runEntities.some((one) => one === entity);

/** What an entity's records come with: of these the store sends no list of its own. */
const carriedBy = { address: 'customer', 'option-value': 'option' } as const satisfies Record<string, RunEntity>;
export type Carried = keyof typeof carriedBy;

export const isCarried = (entity: string | undefined): entity is Carried =>
  entity !== undefined && Object.hasOwn(carriedBy, entity);

export const carrierOf = (entity: Carried): RunEntity => carriedBy[entity];
