/** Rounds of the three, in changing order so that they share the machine's moods, with new records in each. */
import type { Client } from './client.ts';
import type { Connector, Taken, TakenBySync } from './connector.ts';
import type { Known } from './known.ts';
import { BATCH } from './limit.ts';
import type { BenchRecord } from './records.ts';
import type { AnyWorkload } from './workloads.ts';

export interface Rates {
  records: number;
  calls: number;
  callsPerRecord: number;
  recordsPerSecond: number;
}

export interface EntityResult extends Rates {
  entity: string;
  naive: Rates;
  limit: Rates;
  ratioToNaive: number;
  ratioToLimit: number;
  /** How much of the time was Odoo's own. */
  odooShare: number;
  /** What AWS would count, per record. */
  dynamoDb: { writeUnits: number; readUnits: number; requests: number };
}

export interface Bench {
  connector: Connector;
  /** Brings records one by one, and what all three need. */
  client: Client;
  /** Brings batches, with as little work for Odoo as the connector makes. */
  batches: Client;
  known: Known;
  shared: string;
}

export interface Amounts {
  rounds: number;
  records: number;
  naiveRecords: number;
}

interface Round {
  connector: TakenBySync;
  naive: Taken;
  limit: Taken;
}

export async function measure(bench: Bench, workload: AnyWorkload, amounts: Amounts): Promise<EntityResult> {
  const rounds: Round[] = [];
  for (let round = 0; round < amounts.rounds; round += 1) rounds.push(await runRound(bench, workload, amounts, round));
  const of = (who: keyof Round) => ratesOf(rounds.map((round) => round[who]));
  const ratio = (other: 'naive' | 'limit') =>
    rounded(median(rounds.map((round) => rate(round.connector) / rate(round[other]))), 2);
  const use = (pick: (one: TakenBySync['dynamoDb']) => number) =>
    rounded(median(rounds.map(({ connector }) => pick(connector.dynamoDb) / connector.records)), 2);
  return {
    entity: workload.name,
    ...of('connector'),
    ...{ naive: of('naive'), limit: of('limit') },
    ...{ ratioToNaive: ratio('naive'), ratioToLimit: ratio('limit') },
    odooShare: rounded(median(rounds.map(({ connector }) => connector.odooSeconds / connector.seconds)), 2),
    dynamoDb: {
      writeUnits: use((one) => one.writeUnits),
      readUnits: use((one) => one.readUnits),
      requests: use((one) => one.reads + one.writes),
    },
  };
}

async function runRound(bench: Bench, workload: AnyWorkload, amounts: Amounts, round: number): Promise<Round> {
  const { connector, client, batches, known, shared } = bench;
  const records = (who: string, count: number): BenchRecord<object>[] =>
    Array.from({ length: count }, (_, index) => {
      const recordId = `${shared}-${workload.name}-${who}${round}-${index}`;
      return { recordId, data: workload.make(recordId, shared) };
    });
  const ours = records('a', amounts.records);
  const ones = records('b', amounts.naiveRecords);
  const batched = records('c', amounts.records);
  const result: Partial<Round> = {};
  const turns = [
    async () => {
      result.connector = await connector.sync(workload.entity, ours);
    },
    async () => {
      result.naive = await timed(client, ones.length, async () => {
        for (const record of ones) await workload.naive(client, record, known);
      });
    },
    async () => {
      result.limit = await timed(batches, batched.length, async () => {
        for (let start = 0; start < batched.length; start += BATCH) {
          await workload.limit(batches, batched.slice(start, start + BATCH), known);
        }
      });
    },
  ];
  for (let turn = 0; turn < turns.length; turn += 1) await turns[(turn + round) % turns.length]?.();
  return result as Round;
}

async function timed(client: Client, records: number, work: () => Promise<void>): Promise<Taken> {
  client.calls = 0;
  const started = performance.now();
  await work();
  return { records, calls: client.calls, seconds: (performance.now() - started) / 1_000 };
}

const rate = ({ records, seconds }: Taken): number => records / seconds;

function ratesOf(taken: readonly Taken[]): Rates {
  const [first] = taken;
  if (first === undefined) throw new Error('Nothing was measured.');
  const calls = median(taken.map((one) => one.calls));
  return {
    ...{ records: first.records, calls, callsPerRecord: rounded(calls / first.records, 3) },
    recordsPerSecond: rounded(median(taken.map(rate)), 1),
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}

export const rounded = (value: number, places: number): number =>
  Number(value.toFixed(Math.max(places, value > 0 ? 1 - Math.floor(Math.log10(value)) : 0)));
