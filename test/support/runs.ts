/** Runs, as a person starts and watches them. */
import { expect, vi } from 'vitest';
import type * as z from 'zod';
import type { runView } from '../../lib/api/routes/runs.ts';
import { api } from './api.ts';
import { type Exporter, startExporter } from './exporter.ts';
import type { Rig } from './rig.ts';
import { aCustomer, aProduct } from './snapshots.ts';

export type RunView = z.output<typeof runView>;

const patient = { timeout: 240_000, interval: 50 };

/** A store of so many customers and products, known to the rig's connection. */
export async function openExporter(rig: Rig, size: { customers?: number; products?: number }, settings = {}) {
  const exporter = await startExporter(rig);
  const many = (count: number, make: (id: string) => unknown) =>
    new Map(Array.from({ length: count }, (_, index) => [String(index + 1), make(String(index + 1))]));
  exporter.records = {
    customer: many(size.customers ?? 0, (id) => customerOf(rig, id)),
    product: many(size.products ?? 0, (id) => aProduct({ model: `m${id}-${rig.tag}` })),
  };
  await rig.configure({ exportUrl: exporter.url, bulkLimit: 100, flushMinutes: 0, ...settings });
  return exporter;
}

export const emailOf = (rig: Rig, id: string) => `c${id}.${rig.tag}@example.com`;
export const customerOf = (rig: Rig, id: string, over: Parameters<typeof aCustomer>[0] = {}) =>
  aCustomer({ firstName: `No${id}`, email: emailOf(rig, id), ...over });

/** Starts what is asked for. */
export async function start(rig: Rig, body: object): Promise<RunView[]> {
  const answer = await api<{ runs: RunView[] }>(rig, 'POST', '/v1/runs', { body });
  expect(answer.body).toHaveProperty('runs');
  expect(answer.status).toBe(202);
  return answer.body.runs;
}

export const look = async (rig: Rig, id: string): Promise<RunView> =>
  (await api<RunView>(rig, 'GET', `/v1/runs/${id}`, { role: 'viewer' })).body;

/** Waits until a run is in a state. */
export async function reach(rig: Rig, id: string, state: RunView['state']): Promise<RunView> {
  await vi.waitFor(async () => expect(await look(rig, id)).toMatchObject({ state }), patient);
  return look(rig, id);
}

/** Starts one run and waits for its end. @returns it, with the Odoo calls that it took */
export async function complete(rig: Rig, body: object): Promise<RunView> {
  const [run] = await start(rig, body);
  return reach(rig, run?.id ?? '', 'completed');
}

/** Those of the customers of an exporter that Odoo has, by the store's id. */
export async function customersInOdoo(rig: Rig): Promise<string[]> {
  const domain = [
    ['email', 'like', `.${rig.tag}@example.com`],
    ['type', '=', 'contact'],
  ] as const;
  const found = await rig.odoo.searchRead('res.partner', domain, ['email'], { order: 'id' });
  return found.map(({ email }) => /^c(\d+)\./.exec(String(email))?.[1] ?? '');
}

export type { Exporter };
