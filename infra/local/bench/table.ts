/** The results for people. */
import type { BenchResult } from './bench.ts';

export function tableOf({ entities, ...result }: BenchResult): string {
  const header = ['entity', 'calls/record', 'records/s', 'naive', '× naive', 'limit', '× limit', "Odoo's share"];
  const rows = entities.map((one) => [
    ...[one.entity, one.callsPerRecord, one.recordsPerSecond, one.naive.recordsPerSecond, one.ratioToNaive],
    ...[one.limit.recordsPerSecond, one.ratioToLimit, `${Math.round(one.odooShare * 100)} %`],
  ]);
  const { realtimeOrder, unchanged, perEventCpuMs, bundleKB, initMs, memoryMB } = result;
  const figures: [string, string | undefined][] = [
    ['real-time order', `${realtimeOrder.calls} calls, ${realtimeOrder.ms} ms`],
    ['unchanged', `${unchanged.calls} calls, ${unchanged.dynamoReads} DynamoDB reads per 100`],
    ['CPU per event', perEventCpuMs === undefined ? undefined : `${perEventCpuMs} ms`],
    ['largest bundle', bundleKB === undefined ? undefined : `${bundleKB} KB, ${initMs} ms to import`],
    ['memory of a run', memoryMB === undefined ? undefined : `${memoryMB} MB at most`],
  ];
  const told = figures.flatMap(([name, text]) => (text === undefined ? [] : [`${name.padEnd(16)} ${text}`]));
  return [aligned([header, ...rows]), '', ...told].join('\n');
}

function aligned(rows: readonly (readonly (string | number)[])[]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => String(row[column]).length))) ?? [];
  return rows.map((row) => row.map((cell, at) => pad(String(cell), widths[at] ?? 0, at === 0)).join('  ')).join('\n');
}

const pad = (text: string, width: number, left: boolean): string => (left ? text.padEnd(width) : text.padStart(width));
