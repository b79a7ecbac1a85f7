/** Translates calls from the newest Odoo's language into that of the Odoo at hand, and its answers back. */
import type { Domain, Value } from '../client.ts';
import { type Difference, type FieldDifference, type Habit, relations } from './differences.ts';

/** A call as `execute_kw` takes it. */
export interface Call {
  model: string;
  method: string;
  args: readonly Value[];
  kwargs: Readonly<Record<string, Value | undefined>>;
}

type Values = Readonly<Record<string, Value>>;

/** Methods whose first argument is a domain. */
const SEARCHES = new Set(['search_read', 'search', 'search_count']);

export class Vocabulary {
  readonly #fields: ReadonlyMap<string, FieldDifference>;
  readonly #methods: ReadonlyMap<string, string>;
  readonly #additions: ReadonlyMap<string, Values>;
  readonly #habits: ReadonlySet<Habit>;
  readonly #isNewest: boolean;

  /** @param inForce what the Odoo at hand puts otherwise; nothing: it is the newest one */
  constructor(inForce: readonly Difference[] = []) {
    this.#isNewest = inForce.length === 0;
    const fields = inForce.flatMap((difference) => difference.fields ?? []);
    this.#fields = new Map(fields.flatMap((one) => one.ours.map((field) => [`${one.model}.${field}`, one] as const)));
    const methods = inForce.flatMap((difference) => difference.methods ?? []);
    this.#methods = new Map(methods.map(({ model, ours, theirs }) => [`${model}.${ours}`, theirs]));
    const additions = inForce.flatMap((difference) => difference.additions ?? []);
    this.#additions = new Map(additions.map(({ model, values }) => [model, values]));
    this.#habits = new Set(inForce.flatMap(({ habit }) => habit ?? []));
  }

  /** Whether this Odoo has what the newest one calls so. */
  has(model: string, field: string): boolean {
    const difference = this.#fields.get(`${model}.${field}`);
    return difference === undefined || difference.theirs !== undefined;
  }

  /** Whether this Odoo has a habit that the steps must mind. */
  minds(habit: Habit): boolean {
    return this.#habits.has(habit);
  }

  /** The call in the language of the Odoo at hand. */
  toOdoo(call: Call): Call {
    if (this.#isNewest) return call;
    const { model, method, args, kwargs } = call;
    const [first, second] = args;
    if (SEARCHES.has(method)) {
      const fields = kwargs.fields === undefined ? {} : { fields: this.#names(model, kwargs.fields) };
      return {
        ...call,
        args: [this.#domain(model, first as Domain), ...args.slice(1)],
        kwargs: { ...kwargs, ...fields },
      };
    }
    if (method === 'read') return { ...call, args: [first as Value, this.#names(model, second as Value)] };
    if (method === 'write') return { ...call, args: [first as Value, this.#values(model, second as Values)] };
    if (method === 'create') return { ...call, args: [this.#created(model, first as Value)] };
    if (method === 'load') return { ...call, args: this.#loaded(model, args as Loading) };
    return { ...call, method: this.#methods.get(`${model}.${method}`) ?? method };
  }

  /** What that call was answered, in the newest Odoo's language. */
  fromOdoo({ model, method, args, kwargs }: Call, answer: unknown): unknown {
    const fields = method === 'read' ? args[1] : method === 'search_read' ? kwargs.fields : undefined;
    if (!Array.isArray(fields) || !Array.isArray(answer)) return answer;
    const names = fields.map(String);
    if (!names.some((name) => this.#fields.has(`${model}.${name}`))) return answer;
    return answer.map((record: Values) => this.#record(model, names, record));
  }

  #names(model: string, fields: Value): Value {
    if (!Array.isArray(fields)) return fields;
    const theirs = fields.map(String).flatMap((field) => {
      const difference = this.#fields.get(`${model}.${field}`);
      return difference === undefined ? field : (difference.theirs ?? []);
    });
    return [...new Set(theirs)];
  }

  #record(model: string, names: readonly string[], record: Values): Values {
    const ours = names.flatMap((name): [string, Value][] => {
      const difference = this.#fields.get(`${model}.${name}`);
      if (difference === undefined) return [[name, record[name] as Value]];
      if (difference.theirs === undefined) return [];
      const value = record[difference.theirs] as Value;
      const understood = difference.understand?.(value) ?? { [name]: value };
      return [[name, understood[name] as Value]];
    });
    return { id: record.id as Value, ...Object.fromEntries(ours) };
  }

  #domain(model: string, domain: Domain): Value {
    return domain.map((term) => {
      if (typeof term === 'string') return term;
      const [path, operator, value] = term;
      const { theirs, difference } = this.#path(model, path.split('.'));
      // A field that is one of several in one there does not say what to look for.
      if (theirs === undefined || (difference?.ours.length ?? 1) > 1) {
        throw new Error(`This Odoo cannot be searched for ${path} of ${model}.`);
      }
      const told = (one: Value): Value => difference?.tell?.({ [nameIn(path, '.')]: one }) ?? one;
      return [theirs.join('.'), operator, Array.isArray(value) ? value.map(told) : told(value)];
    });
  }

  #created(model: string, given: Value): Value {
    if (Array.isArray(given)) return given.map((one) => this.#created(model, one));
    return { ...this.#additions.get(model), ...this.#values(model, given as Values) };
  }

  #values(model: string, values: Values): Values {
    const told = new Map<string, Value>();
    for (const [name, value] of Object.entries(values)) {
      const difference = this.#fields.get(`${model}.${name}`);
      if (difference === undefined) told.set(name, this.#commands(relations[model]?.[name], value));
      else if (difference.theirs !== undefined) told.set(difference.theirs, tellOf(difference, values, name));
    }
    return Object.fromEntries(told);
  }

  /** `[0, 0, values]` and `[1, id, values]` say something of related records. */
  #commands(model: string | undefined, value: Value): Value {
    if (model === undefined || !Array.isArray(value)) return value;
    return value.map((command: Value) => {
      if (!Array.isArray(command) || (command[0] !== 0 && command[0] !== 1)) return command;
      return [command[0], command[1] as Value, this.#values(model, command[2] as Values)];
    });
  }

  /** The columns of `load()`, and its cells, are named by a path, as in `order_line/tax_ids/.id`. */
  #loaded(model: string, [columns, rows]: Loading): Value[] {
    const paths = columns.map((column) => this.#path(model, column.split('/')));
    const sources = new Map<string, number[]>();
    paths.forEach(({ theirs }, position) => {
      if (theirs === undefined) return;
      const column = theirs.join('/');
      sources.set(column, [...(sources.get(column) ?? []), position]);
    });
    const cellOf = (row: readonly Value[], positions: readonly number[]): Value => {
      const [first = 0] = positions;
      const tell = paths[first]?.difference?.tell;
      // A row that goes on with a record says nothing of the record itself.
      if (tell === undefined || positions.every((position) => row[position] === '')) return row[first] as Value;
      return asCell(tell(Object.fromEntries(positions.map((at) => [nameIn(columns[at]), row[at] as Value]))));
    };
    const cells = [...sources.values()];
    return [[...sources.keys()], rows.map((row) => cells.map((positions) => cellOf(row, positions)))];
  }

  /** A path in the words there, and what is special about the field at its end; undefined: it leads nowhere there. */
  #path(model: string, path: readonly string[]): { theirs: string[] | undefined; difference?: FieldDifference } {
    const theirs: string[] = [];
    let at: string | undefined = model;
    let difference: FieldDifference | undefined;
    for (const name of path) {
      if (name === 'id' || name === '.id') {
        theirs.push(name);
        continue;
      }
      difference = at === undefined ? undefined : this.#fields.get(`${at}.${name}`);
      if (difference !== undefined && difference.theirs === undefined) return { theirs: undefined, difference };
      theirs.push(difference?.theirs ?? name);
      at = at === undefined ? undefined : relations[at]?.[name];
    }
    return difference === undefined ? { theirs } : { theirs, difference };
  }
}

type Loading = readonly [columns: readonly string[], rows: readonly (readonly Value[])[]];

const tellOf = ({ tell }: FieldDifference, given: Values, name: string): Value =>
  tell === undefined ? (given[name] as Value) : tell(given);

const nameIn = (path = '', separator = '/'): string => path.split(separator).at(-1) ?? '';

/** `load()` wants booleans as text. */
const asCell = (value: Value): Value => (typeof value === 'boolean' ? (value ? '1' : '0') : value);
