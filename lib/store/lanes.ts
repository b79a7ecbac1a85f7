import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { ulid } from 'ulid';
import { laneLeaseMs, tableName } from '../environment.ts';
import { ConnectorError } from '../errors/index.ts';
import { documents, ifConditionHolds } from './documents.ts';
import { LANE, type Lease, lease } from './leases.ts';
import { type Pulse, withAnswer, withCall } from './pulse.ts';
import type { Suspects } from './suspects.ts';

/** Heartbeats per lease: one of them may get lost. */
const HEARTBEATS = 3;
/** Between two tries to take it: a batch may be done in a second, and nobody calls Odoo until the next one has the lane. */
const POLL_MS = 50;
/** From when a lease is seen to be dead until it is looked at again, with time to spare. */
const LOOKS = 4;
/** Lets milliseconds pass that no change of the clock touches. */
const passed = () => performance.now();

/**
 * The right to call one Odoo, for one connection: who holds it reads mappings and writes to Odoo
 * undisturbed, so that an older event never overwrites a newer one. A lane is a lease in DynamoDB,
 * renewed by a heartbeat while it is held:
 *
 *   holder A   ├─ lease ─┤ renewed ├─ lease ─┤ …  given back
 *   holder A   ├─ lease ─┤ killed            ┊
 *   holder B               waits ─────────────┤ lease of A runs out, B takes the lane
 *
 * The lease says what its holder works on: who finds one that ran out knows what its holder died of, or
 * at least with. The time of the next allowed call travels with it, so that the least interval between
 * two calls also holds between one holder's last call and the next holder's first.
 *
 * What is written is read by machines whose clocks may differ, and clocks are set: neither loses or keeps
 * a lane for that (`leases.ts`).
 */
export class Lane {
  readonly #key: { connection: string; item: string };
  readonly #owner: string;
  readonly #minIntervalMs: number;
  readonly #heartbeat: NodeJS.Timeout;
  #nextCallAt: number;
  #leasedUntil: number;
  #pulse: Pulse;
  /** Records that a holder died with. */
  readonly suspects: Suspects;

  private constructor(connection: string, owner: string, lease: Lease, minIntervalMs: number) {
    this.#key = { connection, item: LANE };
    this.#owner = owner;
    this.#minIntervalMs = minIntervalMs;
    // A pause longer than one between two calls was written by another clock.
    this.#nextCallAt = passed() + Math.min(lease.nextCallAt - Date.now(), minIntervalMs);
    this.#leasedUntil = lease.since + laneLeaseMs();
    this.#pulse = lease.pulse;
    this.suspects = lease.suspects;
    this.#heartbeat = setInterval(() => void this.#renew(), laneLeaseMs() / HEARTBEATS);
    this.#heartbeat.unref();
  }

  /**
   * Takes the lane of the connection, waiting up to `patienceMs` for it, or for a dead holder as long as it takes.
   * @param holding names of the records that are to be worked on
   * @throws ConnectorError LANE_BUSY
   */
  static async take(
    connection: string,
    minIntervalMs: number,
    patienceMs: number,
    holding: readonly string[] = [],
  ): Promise<Lane> {
    const owner = ulid();
    const began = passed();
    for (;;) {
      const leased = await lease(connection, owner, holding);
      if (typeof leased === 'object') return new Lane(connection, owner, leased, minIntervalMs);
      // To know that a holder is dead takes as long as its lease; nobody else would have the lane meanwhile.
      const patience = leased === 'left' ? Math.max(patienceMs, laneLeaseMs() + LOOKS * POLL_MS) : patienceMs;
      if (passed() - began >= patience) throw new ConnectorError('LANE_BUSY', 'Others are talking to this Odoo.');
      await delay(POLL_MS * (0.5 + Math.random()));
    }
  }

  /** Resolves when the next call may be made. @throws ConnectorError LANE_LOST */
  async turn(): Promise<void> {
    const at = Math.max(passed(), this.#nextCallAt);
    // Taken before it is waited for: whoever asks meanwhile comes after.
    this.#nextCallAt = at + this.#minIntervalMs;
    const wait = at - passed();
    if (wait > 0) await delay(wait);
    if (passed() >= this.#leasedUntil) await this.#renew();
    this.ensureHeld();
    this.#nextCallAt = Math.max(this.#nextCallAt, passed() + this.#minIntervalMs);
    this.#pulse = withCall(this.#pulse, this.#minIntervalMs);
  }

  /** @throws ConnectorError LANE_LOST */
  ensureHeld(): void {
    if (passed() < this.#leasedUntil) return;
    throw new ConnectorError('LANE_LOST', 'The turn to talk to Odoo was lost half-way.');
  }

  /** Notes how a call went, and how long it took. `failed`: the error's code, if it failed. */
  answered(call: { milliseconds: number; failed?: string }): void {
    this.#pulse = withAnswer(this.#pulse, call);
  }

  /** Notes what Odoo is, and how it is reached. */
  met(odoo: Pick<Pulse, 'version' | 'transport'>): void {
    this.#pulse = { ...this.#pulse, ...odoo };
  }

  /** Notes what is worked on from now on. @throws ConnectorError LANE_LOST */
  async hold(names: readonly string[]): Promise<void> {
    const since = passed();
    const isOurs = (await this.#update(Date.now() + laneLeaseMs(), names)) !== undefined;
    this.#leasedUntil = isOurs ? since + laneLeaseMs() : 0;
    this.ensureHeld();
  }

  async giveBack(): Promise<void> {
    clearInterval(this.#heartbeat);
    await this.#update(0, []);
  }

  async #renew(): Promise<void> {
    const since = passed();
    try {
      const isOurs = (await this.#update(Date.now() + laneLeaseMs())) !== undefined;
      if (isOurs) this.#leasedUntil = since + laneLeaseMs();
    } catch {
      // The next heartbeat or turn() tries again; without a renewal the lease runs out and turn() says so.
    }
  }

  #update(until: number, holding?: readonly string[]): Promise<unknown> {
    return ifConditionHolds(
      documents.send(
        new UpdateCommand({
          TableName: tableName('connections'),
          Key: this.#key,
          UpdateExpression: `SET leasedUntil = :until, nextCallAt = :next, pulse = :pulse, suspects = :suspects${
            holding === undefined ? '' : ', holding = :holding'
          }`,
          ConditionExpression: '#owner = :owner',
          ExpressionAttributeNames: { '#owner': 'owner' },
          ExpressionAttributeValues: {
            ':until': until,
            ':next': Math.ceil(this.#nextCallAt - passed() + Date.now()),
            ':owner': this.#owner,
            ':pulse': this.#pulse,
            ':suspects': Object.fromEntries(this.suspects),
            ...(holding === undefined ? {} : { ':holding': holding }),
          },
        }),
      ),
    );
  }
}

const delay = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
