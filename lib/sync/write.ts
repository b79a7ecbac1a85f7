import { chunks } from '../collections.ts';
import { asConnectorError, ConnectorError } from '../errors/index.ts';
import { loadRecords, type RecordRows } from '../odoo/load.ts';
import { sideBySide } from '../side-by-side.ts';
import type { Applying } from './apply.ts';
import { recordsPerCall } from './calls-at-once.ts';
import type { Cell, Download, Resolve } from './declare.ts';
import { cellsOf } from './fill.ts';
import { isWritten, nodeName, type PlanNode } from './node.ts';
import { type Filled, type LoadGroup, loadGroups } from './rows.ts';
import { loadTranslations } from './translations.ts';

/** Records per `load()`: more are no faster, lose more when they fail, and could take too long. */
export const LOAD_RECORDS = 600;
/** Characters per `load()`: images make rows large. */
const LOAD_CHARACTERS = 8_000_000;
/** Files fetched at the same time. */
const DOWNLOADS = 8;

/** Writes the fields of records of one entity to Odoo, and says in each node what became of it. */
export async function writeNodes(tools: Applying, nodes: readonly PlanNode[], resolve: Resolve): Promise<void> {
  await writeOnce(tools, nodes, resolve);
  // What was deleted in Odoo comes to be anew under its external id, or is refused for want of what
  // only new records are given.
  const anew = nodes.filter(({ action, mapping }) => action === 'update' && mapping?.origin === 'created');
  const remade = anew.filter(({ error, mapping, odooId }) =>
    error === undefined ? odooId !== mapping?.odooId : error.kind === 'invalid',
  );
  for (const node of remade) {
    node.action = 'create';
    node.error = undefined;
  }
  await writeOnce(tools, remade, resolve);
}

async function writeOnce(tools: Applying, nodes: readonly PlanNode[], resolve: Resolve): Promise<void> {
  const filled = nodes.flatMap((node) => fill(tools, node));
  for await (const { some, files } of withFiles(tools, filled)) await writePortion(tools, some, files, resolve);
}

async function writePortion(
  tools: Applying,
  filled: readonly Filled[],
  files: ReadonlyMap<string, string>,
  resolve: Resolve,
): Promise<void> {
  const due = filled.filter(({ node, cells }) => isWritten(node) && !(cells.size === 0 && node.odooId !== undefined));
  const rowTools = { context: tools.context, resolve, files };
  for (const group of loadGroups(due, rowTools)) await loadGroup(tools, group);

  const refused = due.filter(
    ({ node, cells }) =>
      node.error?.kind === 'invalid' && node.declaration.expendable?.some((field) => cells.has(field)),
  );
  if (refused.length > 0) await writeWithout(tools, refused, rowTools);
  await loadTranslations(tools.odoo, due, tools.context);
}

/** One record's fault is its own. */
function fill({ context }: Applying, node: PlanNode): Filled[] {
  try {
    return [{ node, cells: cellsOf(node, context) }];
  } catch (thrown) {
    node.error = asConnectorError(thrown);
    return [];
  }
}

/** Once more, without the fields that may be what Odoo refuses. */
async function writeWithout(
  tools: Applying,
  refused: readonly Filled[],
  rowTools: Parameters<typeof loadGroups>[1],
): Promise<void> {
  const reasons = new Map(refused.map(({ node }) => [node, node.error as ConnectorError]));
  for (const node of reasons.keys()) node.error = undefined;
  const reduced = refused.map(({ node, cells }): Filled => {
    const left = [...cells].filter(([field]) => node.declaration.expendable?.includes(field) !== true);
    return { node, cells: new Map(left) };
  });
  for (const group of loadGroups(reduced, rowTools)) await loadGroup(tools, group);
  for (const [node, reason] of reasons) {
    if (node.error === undefined) node.spared = reason;
    else if (node.error.kind === 'invalid') node.error = reason;
  }
}

async function loadGroup({ odoo, context }: Applying, { columns, nodes, records }: LoadGroup): Promise<void> {
  const { callsAtOnce } = context.settings;
  await sideBySide(batches(records, callsAtOnce), callsAtOnce, async (positions) => {
    const some = positions.map((position) => nodes[position] as PlanNode);
    const { model } = (some[0] as PlanNode).declaration;
    try {
      const rows = positions.map((position) => records[position] as RecordRows);
      const outcomes = await loadRecords(odoo, model, columns, rows);
      some.forEach((node, index) => {
        const outcome = outcomes[index];
        if (outcome === undefined) return;
        if ('error' in outcome) node.error = outcome.error;
        else node.odooId = outcome.id;
      });
    } catch (thrown) {
      // It concerns the whole call: every record of it waits for the same cause.
      const error = asConnectorError(thrown);
      for (const node of some) node.error = wholeCallError(node, error);
    }
  });
}

function batches(records: readonly RecordRows[], callsAtOnce: number): number[][] {
  const most = recordsPerCall(records.length, LOAD_RECORDS, callsAtOnce);
  const result: number[][] = [];
  let characters = 0;
  records.forEach((rows, position) => {
    const size = rows.flat().reduce<number>((sum, cell) => sum + (typeof cell === 'string' ? cell.length : 8), 0);
    const current = result.at(-1);
    if (current === undefined || current.length === most || characters + size > LOAD_CHARACTERS) {
      result.push([position]);
      characters = size;
    } else {
      current.push(position);
      characters += size;
    }
  });
  return result;
}

/**
 * Records with the files that are to be written to them, as many at a time as one `load()` takes: the files
 * of a whole batch may be more than there is memory for.
 */
async function* withFiles(tools: Applying, filled: readonly Filled[]) {
  const urlsOf = ({ cells }: Filled) => [...cells.values()].filter(isDownload).map(({ url }) => url);
  let some = filled.filter((one) => urlsOf(one).length === 0);
  let files = new Map<string, string>();
  const pictured = filled.filter((one) => urlsOf(one).length > 0);
  for (const next of chunks(pictured, DOWNLOADS)) {
    await Promise.all(next.flatMap((one) => urlsOf(one).map((url) => fetchFile(tools, one.node, url, files))));
    some.push(...next);
    if ([...files.values()].reduce((sum, file) => sum + file.length, 0) < LOAD_CHARACTERS) continue;
    yield { some, files };
    some = [];
    files = new Map();
  }
  yield { some, files };
}

/** A record whose file cannot be had fails. */
async function fetchFile({ download }: Applying, node: PlanNode, url: string, files: Map<string, string>) {
  try {
    files.set(url, (await download(url)).toString('base64'));
  } catch (thrown) {
    node.error ??= asConnectorError(thrown);
  }
}

const isDownload = (cell: Cell): cell is Download =>
  cell !== null && typeof cell === 'object' && cell.kind === 'download';

/** A missing right to create what a person may as well create or map is a missing record. */
export function wholeCallError(node: PlanNode, error: ConnectorError): ConnectorError {
  const { missing, label, title } = node.declaration;
  if (error.code !== 'ODOO_ACCESS' || missing === undefined || missing === 'empty') return error;
  const name = title(node.snapshot, node.recordId);
  return new ConnectorError(missing, `Odoo has no ${label.toLowerCase()} "${name}", and its user may not create one.`, {
    subject: nodeName(node),
    cause: error,
  });
}
