import { groupBy } from '../collections.ts';
import type { Odoo } from '../odoo/client.ts';
import { type RecordKey, readMappings, recordName, recordOfName } from '../store/mappings.ts';
import type { Graph } from './graph.ts';
import type { PlanNode } from './node.ts';

/** Which mapped records of a graph no longer exist in Odoo, and their parts: one search per model. */
export async function staleRecords(odoo: Odoo, graph: Graph): Promise<{ records: RecordKey[]; parts: RecordKey[] }> {
  const mapped = [...graph.nodes.values()].filter((node) => node.odooId !== undefined);
  const gone: PlanNode[] = [];
  for (const [model, nodes] of groupBy(mapped, (node) => node.declaration.model)) {
    const ids = [...new Set(nodes.map((node) => node.odooId as number))];
    const present = new Set((await odoo.read(model, ids, ['id'])).map((record) => record.id));
    gone.push(...nodes.filter((node) => !present.has(node.odooId as number)));
  }
  // What was part of it has lost it, or went with it: it is looked for anew when it is asked for again.
  return {
    records: gone.flatMap(keysOf),
    parts: gone.flatMap(({ mapping }) => (mapping?.parts ?? []).map(recordOfName)),
  };
}

function keysOf(node: PlanNode): RecordKey[] {
  const entity = node.declaration.name;
  const aliases = new Set([...node.aliases, ...(node.mapping?.aliases ?? [])]);
  return [node.recordId, ...aliases].map((recordId) => ({ entity, recordId }));
}

/** Records with their aliases: an order finds an address of the address book by what it says. */
export async function withAliases(connection: string, records: readonly RecordKey[]): Promise<RecordKey[]> {
  const mappings = await readMappings(connection, records);
  return records.flatMap((key) => {
    const { aliases = [] } = mappings.get(recordName(key)) ?? {};
    return [key, ...aliases.map((recordId) => ({ entity: key.entity, recordId }))];
  });
}
