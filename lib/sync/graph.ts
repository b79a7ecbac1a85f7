import { ConnectorError } from '../errors/index.ts';
import { checkedBy } from '../errors/zod.ts';
import type { AnyEntity, Part, Registry, SyncContext } from './declare.ts';
import { fingerprint } from './hash.ts';
import { nodeName, type PlanNode } from './node.ts';

/** The records of a batch and all that they need, each once, by `entity/recordId`. */
export class Graph {
  readonly nodes = new Map<string, PlanNode>();
  readonly #registry: ReadonlyMap<string, AnyEntity>;
  readonly #context: SyncContext;
  /** A product's hundred variants are asked for at every stage of the sync. */
  readonly #parts = new WeakMap<PlanNode, readonly Part[]>();

  constructor(registry: Registry, context: SyncContext) {
    this.#registry = new Map(registry.map((declaration) => [declaration.name, declaration]));
    this.#context = context;
  }

  get(key: { entity: string; recordId: string }): PlanNode | undefined {
    return this.nodes.get(`${key.entity}/${key.recordId}`);
  }

  /** Adds a record that an event asks for. */
  ask(declaration: AnyEntity, recordId: string, data: unknown, sequence: number): PlanNode {
    const node = newNode(declaration, recordId, data, this.#context);
    node.asked = true;
    node.sequence = sequence;
    const present = this.nodes.get(nodeName(node));
    // A record can be part of another's event and have one of its own in the same batch: the newer wins.
    if (present?.asked === true && present.sequence >= sequence) return present;
    this.nodes.set(nodeName(node), node);
    return node;
  }

  drop(node: PlanNode): void {
    this.nodes.delete(nodeName(node));
  }

  /** The records that came as part of this one. */
  partsOf(node: PlanNode): readonly Part[] {
    if (!node.asked || node.snapshot === undefined) return [];
    const known = this.#parts.get(node);
    if (known !== undefined) return known;
    const parts = node.declaration.carries?.(node.snapshot, node.recordId, this.#context) ?? [];
    this.#parts.set(node, parts);
    return parts;
  }

  /** Adds what a record needs and carries. @returns the records that are to be looked at now */
  expand(node: PlanNode): PlanNode[] {
    if (node.error !== undefined || node.snapshot === undefined) return [];
    const parts = this.partsOf(node).map((part) =>
      this.ask(this.declaration(part.entity), part.recordId, part.snapshot, node.sequence),
    );
    const needed: PlanNode[] = [];
    for (const need of node.needs) {
      const present = this.get(need);
      if (present === undefined) {
        const added = newNode(this.declaration(need.entity), need.recordId, need.snapshot, this.#context);
        added.optional = need.ifMapped === true;
        this.nodes.set(nodeName(added), added);
        needed.push(added);
      } else if (present.optional && need.ifMapped !== true) {
        present.optional = false;
        needed.push(present);
      }
    }
    return [...parts, ...needed];
  }

  declaration(name: string): AnyEntity {
    const declaration = this.#registry.get(name);
    if (declaration === undefined) throw new Error(`No entity "${name}" is declared.`);
    return declaration;
  }
}

function newNode(declaration: AnyEntity, recordId: string, data: unknown, context: SyncContext): PlanNode {
  const node: PlanNode = {
    declaration,
    recordId,
    snapshot: undefined,
    sequence: 0,
    asked: false,
    mapping: undefined,
    unmapped: new Set(),
    aliased: false,
    identity: recordId,
    aliases: [],
    hash: '',
    contentHash: '',
    refused: undefined,
    storeHash: undefined,
    needs: [],
    action: 'known',
    odooId: undefined,
    sameAs: undefined,
    optional: false,
    archived: false,
    found: undefined,
    kept: undefined,
    omitted: [],
    error: undefined,
    spared: undefined,
    unsettled: false,
    steps: [],
    details: {},
  };
  if (data === undefined) return node;
  const checked = checkedBy(declaration.snapshot, data, ['data']);
  if (!checked.success) {
    const { problems: fields } = checked;
    const what = fields.map(({ path, reason }) => `${path}: ${reason}`).join('; ');
    node.error = new ConnectorError('SNAPSHOT_INVALID', `${declaration.label} ${recordId}: ${what}`, { fields });
    return node;
  }
  node.snapshot = checked.data;
  node.identity = declaration.identity?.(checked.data, recordId, context) ?? recordId;
  node.aliases = declaration.aliases?.(checked.data, recordId) ?? [];
  node.needs = declaration.needs?.(checked.data, recordId, context) ?? [];
  const through = declaration.through?.(checked.data).of;
  if (through !== undefined) node.needs = [...node.needs, through];
  const depends = declaration.depends?.(context);
  const print = (value: unknown) => fingerprint(depends === undefined ? value : [value, depends]);
  node.hash = print(checked.data);
  node.contentHash = declaration.content === undefined ? node.hash : print(declaration.content(checked.data));
  return node;
}
