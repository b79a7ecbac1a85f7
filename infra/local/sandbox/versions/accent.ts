/** An older Odoo before the sandbox: understands that version's words, and knows none of its successors'. */
import { PythonError } from '../faults.ts';
import { callMethod } from '../methods.ts';
import { isStruct, type Vals, type Value, type Wire } from '../types.ts';
import { type Call, habitsOf } from './habits.ts';
import { type OlderVersion, type Recorded, recordedOf } from './recorded.ts';
import { type Word, wordsOf } from './words.ts';

const SEARCHES = new Set(['search', 'search_read', 'search_count']);

const strings = (value: Value | undefined): string[] => (Array.isArray(value) ? value.map(String) : []);

export class Accent {
  readonly #version: OlderVersion;
  readonly #recorded: Recorded;
  readonly #words: ReadonlyMap<string, Word>;
  readonly #habits: ReturnType<typeof habitsOf>;

  constructor(version: OlderVersion) {
    this.#version = version;
    this.#recorded = recordedOf(version);
    this.#words = wordsOf(version);
    this.#habits = habitsOf(version);
  }

  /** What it tells about itself without a login. */
  get told(): { [name: string]: Wire } {
    return this.#recorded.version;
  }

  /** Runs a public method as this version would; undefined when the model has none of that name. */
  call(call: Call, method: string): Wire | undefined {
    const { model, args, kwargs } = call;
    const [first, second] = args;
    if (SEARCHES.has(method)) {
      const own = { ...call, args: [this.#domain(model, first ?? []), ...args.slice(1)] };
      const asked = method === 'search_read' ? (kwargs.fields ?? second) : undefined;
      if (asked === undefined) return callMethod(own, method);
      const with19 = (fields: string[]) =>
        callMethod({ ...own, args: own.args.slice(0, 1), kwargs: { ...kwargs, fields } }, method);
      return this.#read(model, strings(asked), with19);
    }
    switch (method) {
      case 'fields_get':
        return this.#fieldsGet(model, strings(first ?? kwargs.allfields), strings(second ?? kwargs.attributes));
      case 'read':
        return this.#read(model, strings(second), (fields) =>
          callMethod({ ...call, args: [first ?? [], fields] }, method),
        );
      case 'create':
        return callMethod({ ...call, args: [this.#created(model, first ?? {})] }, method);
      case 'write':
        return callMethod({ ...call, args: [first ?? [], this.#vals(model, isStruct(second) ? second : {})] }, method);
      case 'load':
        return callMethod({ ...call, args: this.#loaded(model, strings(first), second) }, method);
      default:
        return this.#perform(call, method);
    }
  }

  #perform(call: Call, method: string): Wire | undefined {
    const name = `${call.model}.${method}`;
    return this.#habits.has(name) ? this.#habits.get(name)?.(call) : callMethod(call, method);
  }

  #fieldsGet(model: string, only: string[], attributes: string[]): Wire {
    const shown = this.#recorded.fields(model).filter(({ name }) => only.length === 0 || only.includes(name));
    const entries = shown.map((field) => [
      field.name,
      Object.fromEntries(Object.entries(field).filter(([key]) => attributes.length === 0 || attributes.includes(key))),
    ]);
    return Object.fromEntries(entries) as Wire;
  }

  /** Answers records with the fields that were asked for, under the names they were asked by. */
  #read(model: string, names: string[], read: (fields: string[]) => Wire | undefined): Wire | undefined {
    for (const name of names) this.#expect(model, name);
    const answer = read([...new Set(names.flatMap((name) => this.#word(model, name)?.reads ?? [name]))]);
    if (!Array.isArray(answer)) return answer;
    return answer.map((record) => {
      const row = record as Vals;
      const fields = names.map((name) => [name, this.#word(model, name)?.take(row) ?? row[name] ?? false]);
      return { id: row.id ?? false, ...Object.fromEntries(fields) } as Wire;
    });
  }

  #domain(model: string, domain: Value): Value {
    if (!Array.isArray(domain)) return domain;
    return domain.map((term) => {
      if (!Array.isArray(term) || typeof term[0] !== 'string') return term;
      const path = this.#path(model, term[0].split('.'));
      return [path.map(({ reads }) => reads[0] ?? 'id').join('.'), ...term.slice(1)];
    });
  }

  #created(model: string, given: Value): Value {
    return Array.isArray(given)
      ? given.map((vals) => this.#created(model, vals))
      : this.#vals(model, isStruct(given) ? given : {});
  }

  #vals(model: string, vals: Vals): Vals {
    const own: Vals = {};
    for (const [name, value] of Object.entries(vals)) {
      const field = this.#expect(model, name);
      Object.assign(own, this.#word(model, name)?.give(value) ?? { [name]: this.#commands(field.relation, value) });
    }
    return own;
  }

  #commands(relation: string | undefined, value: Value): Value {
    if (relation === undefined || !Array.isArray(value)) return value;
    return value.map((command) => {
      if (!Array.isArray(command) || (command[0] !== 0 && command[0] !== 1) || !isStruct(command[2])) return command;
      return [command[0], command[1] ?? 0, this.#vals(relation, command[2])];
    });
  }

  /** Columns and rows of `load()`; a word that says two things becomes two columns. */
  #loaded(model: string, columns: string[], data: Value | undefined): Value[] {
    const paths = columns.map((column) => this.#path(model, column.split('/')));
    const plans = paths.map((path) => {
      const last = path.findLast(({ isId }) => !isId);
      const names = last?.word === undefined || last.relation ? undefined : Object.keys(last.word.give('1'));
      const before = path.map(({ reads }) => reads[0] ?? '');
      return names === undefined
        ? { columns: [before.join('/')], cells: (cell: Value) => [cell] }
        : {
            columns: names.map((name) => [...before.slice(0, -1), name].join('/')),
            cells: (cell: Value) =>
              cell === '' ? names.map(() => '') : names.map((name) => asCell(last?.word?.give(cell)[name])),
          };
    });
    const rows = (Array.isArray(data) ? data : []).map((row) =>
      plans.flatMap(({ cells }, position) => cells((Array.isArray(row) ? row[position] : '') ?? '')),
    );
    return [plans.flatMap((plan) => plan.columns), rows];
  }

  /** The steps of a path, each with the field of 19 that stands for it. */
  #path(model: string, path: string[]) {
    let at: string | undefined = model;
    return path.map((name) => {
      const isId = name === 'id' || name === '.id';
      if (at === undefined || isId) return { reads: [name], isId: true, word: undefined, relation: undefined };
      const { relation } = this.#expect(at, name);
      const word = this.#word(at, name);
      at = relation;
      return { reads: word?.reads ?? [name], isId: false, word, relation };
    });
  }

  #word(model: string, name: string): Word | undefined {
    return this.#words.get(`${model}/${name}`);
  }

  /** A field that this version has, or the fault that it answers. */
  #expect(model: string, name: string) {
    const field = this.#recorded.field(model, name);
    if (field !== undefined) return field;
    throw this.#version === 18
      ? new PythonError('ValueError', `Invalid field '${name}' on model '${model}'`)
      : new PythonError('KeyError', `'${name}'`);
  }
}

const asCell = (value: Value | undefined): Value => (typeof value === 'boolean' ? (value ? '1' : '0') : (value ?? ''));
