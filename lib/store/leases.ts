/**
 * Who may have a lane. Clocks are not trusted: they differ between machines, and are set. A lease is free if
 * it was given back; and a dead one is known as the DynamoDB lock client knows it
 * (https://aws.amazon.com/blogs/database/building-distributed-locks-with-the-dynamodb-lock-client/): who waits
 * has seen it unrenewed for as long as a lease lasts, by a measure that only goes forward.
 */
import { GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { laneLeaseMs, tableName } from '../environment.ts';
import { documents, type Item, ifConditionHolds } from './documents.ts';
import type { Pulse } from './pulse.ts';
import { type Suspects, suspected } from './suspects.ts';

/** The sort key of a connection's lane. */
export const LANE = 'lane';

export interface Lease {
  /** When it was asked for, as `performance.now()` says. */
  since: number;
  /** Milliseconds since the epoch, by the clock of the last holder. */
  nextCallAt: number;
  pulse: Pulse;
  suspects: Suspects;
}

/** A lease of somebody else; each renewal changes `leasedUntil`. */
interface Held {
  owner: unknown;
  leasedUntil: unknown;
  /** Since when it has been seen like this, as `performance.now()` says. */
  since: number;
}

/** What was seen of the lanes that were waited for: who comes back for one goes on watching. */
const watched = new Map<string, Held>();

/**
 * Takes the lane, if nobody has it or its holder has died.
 * @param holding names of the records to be worked on
 * @returns `held`, or `left` if by this machine's clock the lease has run out: its holder may have died
 */
export async function lease(
  connection: string,
  owner: string,
  holding: readonly string[],
): Promise<Lease | 'held' | 'left'> {
  const known = watched.get(connection);
  if (known === undefined) {
    const taken = await lock(connection, owner, holding);
    if (taken !== undefined) return taken;
  }
  const held = await look(connection);
  const isAsBefore = known !== undefined && known.owner === held.owner && known.leasedUntil === held.leasedUntil;
  const seen = isAsBefore ? known : held;
  watched.set(connection, seen);
  const isDead = isAsBefore && held.since - known.since > laneLeaseMs();
  if (!isDead && isTaken(held)) return Number(held.leasedUntil) < Date.now() ? 'left' : 'held';
  const taken = await lock(connection, owner, holding, isDead ? seen : undefined);
  // Who has it watches no more.
  if (taken !== undefined) watched.delete(connection);
  return taken ?? 'held';
}

/** A lane that was given back is leased until nought. */
const isTaken = ({ leasedUntil }: Held): boolean => leasedUntil !== undefined && leasedUntil !== 0;

async function look(connection: string): Promise<Held> {
  const { Item = {} } = await documents.send(
    new GetCommand({ TableName: tableName('connections'), Key: { connection, item: LANE }, ConsistentRead: true }),
  );
  return { owner: Item.owner, leasedUntil: Item.leasedUntil, since: performance.now() };
}

async function lock(
  connection: string,
  owner: string,
  holding: readonly string[],
  dead?: Held,
): Promise<Lease | undefined> {
  const since = performance.now();
  const now = Date.now();
  const orDead = dead === undefined ? '' : ' OR (#owner = :dead AND leasedUntil = :diedAt)';
  const answer = await ifConditionHolds(
    documents.send(
      new UpdateCommand({
        TableName: tableName('connections'),
        Key: { connection, item: LANE },
        UpdateExpression: 'SET #owner = :owner, leasedUntil = :until, holding = :holding',
        ConditionExpression: `attribute_not_exists(leasedUntil) OR leasedUntil = :free${orDead}`,
        ExpressionAttributeNames: { '#owner': 'owner' },
        ExpressionAttributeValues: {
          ...{ ':owner': owner, ':until': now + laneLeaseMs(), ':holding': holding, ':free': 0 },
          ...(dead === undefined ? {} : { ':dead': dead.owner, ':diedAt': dead.leasedUntil }),
        },
        ReturnValues: 'ALL_OLD',
      }),
    ),
  );
  return answer === undefined ? undefined : leaseOf(answer.Attributes ?? {}, since, now);
}

function leaseOf(before: Item, since: number, now: number): Lease {
  const { nextCallAt = 0, pulse = {}, leasedUntil = 0, holding = [], suspects = {} } = before;
  const died = Number(leasedUntil) > 0 ? (holding as string[]) : [];
  return {
    ...{ since, nextCallAt: Number(nextCallAt), pulse: pulse as Pulse },
    suspects: suspected(new Map(Object.entries(suspects as object)), died, now),
  };
}
