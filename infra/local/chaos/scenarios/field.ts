/** Several stores on one local stack, with what they sent and when it arrived. */
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { signatureHeaders } from '../../../../lib/opencart/signature.ts';
import { Machines } from '../../demo-machines.ts';
import type { OdooTarget } from '../../odoo-target.ts';
import type { OpenFailure } from '../../open-failures.ts';

export interface Sent {
  entity: string;
  recordId: string;
  data: unknown;
}

/** One store with the secret it signs with. */
export interface Shop {
  connection: string;
  secret: string;
}

/** What a consumer's invocation took. */
export interface Report {
  milliseconds: number;
  heapBytes: number;
}

const POLL_MS = 50;
const PER_REQUEST = 50;

export class Field {
  /** Milliseconds from sending to being synced, by event id. */
  readonly latencies = new Map<string, number>();
  /** Events that were parked, with the reason's code. */
  readonly parked = new Map<string, string>();
  readonly reports: Report[] = [];
  odooCalls = 0;
  readonly machines: Machines;
  readonly #sentAt = new Map<string, number>();
  #sequence = 0;

  constructor(folder: string, odoo: OdooTarget | undefined) {
    const watcher = {
      line: () => {},
      error: () => {},
      raw: (source: string, line: string) => this.#read(source, line),
    };
    this.machines = new Machines(folder, odoo, watcher, { reports: true, onDemand: true });
  }

  /** @param url where this shop's Odoo is, if something stands before it */
  async open(name: string, url = this.machines.odoo.url): Promise<Shop> {
    const connection = `${name}_${Date.now().toString(36)}`;
    const secret = `whsec_${Buffer.from(`${connection}${'0'.repeat(32)}`).toString('base64')}`;
    await this.machines.pair(connection, secret, {}, { ...this.machines.odoo, url });
    return { connection, secret };
  }

  /** Sends events, fifty a request. @returns their ids */
  async send(shop: Shop, records: readonly Sent[]): Promise<string[]> {
    const ids: string[] = [];
    for (let start = 0; start < records.length; start += PER_REQUEST) {
      ids.push(...(await this.#post(shop, records.slice(start, start + PER_REQUEST))));
    }
    return ids;
  }

  /** Resolves when each of the events was synced or parked. */
  async settled(ids: readonly string[], patienceMs: number): Promise<void> {
    const deadline = Date.now() + patienceMs;
    const left = () => ids.filter((id) => !this.latencies.has(id) && !this.parked.has(id)).length;
    for (let open = left(); open > 0; open = left()) {
      if (Date.now() > deadline) throw new Error(`${open} of ${ids.length} events have not arrived.`);
      await sleep(POLL_MS);
    }
  }

  /** Events that are under way. */
  get underWay(): number {
    return this.#sentAt.size;
  }

  failures(shop: Shop): Promise<OpenFailure[]> {
    return this.machines.failures(shop.connection);
  }

  async #post({ connection, secret }: Shop, records: readonly Sent[]): Promise<string[]> {
    const occurredAt = `${new Date().toISOString().slice(0, 19)}Z`;
    const events = records.map((record) => {
      this.#sequence += 1;
      return { id: `evt_${randomUUID()}`, ...record, action: 'upsert', sequence: this.#sequence, occurredAt };
    });
    const now = Date.now();
    for (const { id } of events) this.#sentAt.set(id, now);
    const body = JSON.stringify({ events });
    const signed = signatureHeaders(secret, `msg_${randomUUID()}`, new Date(), body);
    const answer = await fetch(`${this.machines.url}/v1/events`, {
      ...{ method: 'POST', body },
      headers: { 'content-type': 'application/json', 'x-connection': connection, ...signed },
    });
    if (answer.status !== 202) throw new Error(`The events were refused: ${answer.status} ${await answer.text()}`);
    return events.map(({ id }) => id);
  }

  #read(source: string, line: string): void {
    if (!line.startsWith('{')) return;
    const { message, eventId, code, ...rest } = JSON.parse(line) as Record<string, unknown>;
    if (message === 'odoo call') this.odooCalls += 1;
    if (message === 'report' && source.startsWith('consumer-')) this.reports.push(rest as unknown as Report);
    if (message !== 'synced' && message !== 'parked') return;
    const sentAt = this.#sentAt.get(String(eventId));
    if (sentAt === undefined) return;
    this.#sentAt.delete(String(eventId));
    if (message === 'synced') this.latencies.set(String(eventId), Date.now() - sentAt);
    else this.parked.set(String(eventId), String(code));
  }
}

/** The pth part of the values is at most this. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))] ?? 0;
}
