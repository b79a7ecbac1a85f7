import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { ulid } from 'ulid';
import { laneLeaseMs, tableName } from '../environment.ts';
import { ConnectorError } from '../errors/index.ts';
import { documents, ifConditionHolds } from './documents.ts';
import { type Pulse, withAnswer, withCall } from './pulse.ts';
import { type Suspects, suspected } from './suspects.ts';

/** Heartbeats per lease: one of them may get lost. */
const HEARTBEATS = 3;
/** Between two tries to take it: a batch may be done in a second, and nobody calls Odoo until the next one has the lane. */
const POLL_MS = 50;
const LANE = 'lane';

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
    this.#nextCallAt = lease.nextCallAt;
    this.#leasedUntil = lease.until;
    this.#pulse = lease.pulse;
    this.suspects = lease.suspects;
    this.#heartbeat = setInterval(() => void this.#renew(), laneLeaseMs() / HEARTBEATS);
    this.#heartbeat.unref();
  }

  /**
   * Takes the lane of the connection, waiting up to `patienceMs` for it.
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
    const deadline = Date.now() + patienceMs;
    for (;;) {
      const lease = await lock({ connection, item: LANE }, owner, holding);
      if (lease !== undefined) return new Lane(connection, owner, lease, minIntervalMs);
      if (Date.now() >= deadline) throw new ConnectorError('LANE_BUSY', 'Others are talking to this Odoo.');
      await delay(POLL_MS * (0.5 + Math.random()));
    }
  }

  /** Resolves when the next call may be made. @throws ConnectorError LANE_LOST */
  async turn(): Promise<void> {
    const at = Math.max(Date.now(), this.#nextCallAt);
    // Taken before it is waited for: whoever asks meanwhile comes after.
    this.#nextCallAt = at + this.#minIntervalMs;
    const wait = at - Date.now();
    if (wait > 0) await delay(wait);
    if (Date.now() >= this.#leasedUntil) await this.#renew();
    this.ensureHeld();
    this.#nextCallAt = Math.max(this.#nextCallAt, Date.now() + this.#minIntervalMs);
    this.#pulse = withCall(this.#pulse, this.#minIntervalMs);
  }

  /** @throws ConnectorError LANE_LOST */
  ensureHeld(): void {
    if (Date.now() < this.#leasedUntil) return;
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
    const until = Date.now() + laneLeaseMs();
    if ((await this.#update(until, names)) === undefined) this.#leasedUntil = 0;
    else this.#leasedUntil = until;
    this.ensureHeld();
  }

  async giveBack(): Promise<void> {
    clearInterval(this.#heartbeat);
    await this.#update(0, []);
  }

  async #renew(): Promise<void> {
    const until = Date.now() + laneLeaseMs();
    try {
      if ((await this.#update(until)) !== undefined) this.#leasedUntil = until;
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
            ':next': this.#nextCallAt,
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

interface Lease {
  until: number;
  nextCallAt: number;
  pulse: Pulse;
  suspects: Suspects;
}

async function lock(
  key: { connection: string; item: string },
  owner: string,
  holding: readonly string[],
): Promise<Lease | undefined> {
  const now = Date.now();
  const until = now + laneLeaseMs();
  const answer = await ifConditionHolds(
    documents.send(
      new UpdateCommand({
        TableName: tableName('connections'),
        Key: key,
        UpdateExpression: 'SET #owner = :owner, leasedUntil = :until, holding = :holding',
        ConditionExpression: 'attribute_not_exists(leasedUntil) OR leasedUntil < :now',
        ExpressionAttributeNames: { '#owner': 'owner' },
        ExpressionAttributeValues: { ':owner': owner, ':until': until, ':now': now, ':holding': holding },
        ReturnValues: 'ALL_OLD',
      }),
    ),
  );
  if (answer === undefined) return undefined;
  const { nextCallAt = 0, pulse = {}, leasedUntil = 0, holding: left = [], suspects = {} } = answer.Attributes ?? {};
  // Whoever gives a lane back says that until nought.
  const died = Number(leasedUntil) > 0 ? (left as string[]) : [];
  return {
    until,
    ...{ nextCallAt: Number(nextCallAt), pulse: pulse as Pulse },
    suspects: suspected(new Map(Object.entries(suspects as object)), died, now),
  };
}

const delay = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
