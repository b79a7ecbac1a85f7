import { PythonError, repr } from './faults.ts';
import type { Orm } from './orm.ts';
import { fieldOf, isModel } from './schema.ts';
import { type Field, type Row, truthy, type Value } from './types.ts';

export type Test = (row: Row) => boolean;

/** One condition of a domain. */
export interface Leaf {
  field: string;
  operator: string;
  value: Value;
}

export type Node = Leaf | { op: '&' | '|'; nodes: Node[] } | { op: '!'; nodes: [Node] };

const OPERATORS = new Set([
  ...['=', '!=', '<>', '==', '<', '>', '<=', '>=', 'in', 'not in', 'like', 'not like', 'ilike', 'not ilike'],
  ...['=like', '=ilike', 'not =like', 'not =ilike', 'any', 'not any', 'child_of', 'parent_of'],
]);

/** Reads Odoo's prefix notation; conditions side by side mean "and". */
export function parseDomain(domain: Value): Node {
  if (!Array.isArray(domain)) throw malformed(domain);
  const rest = [...domain];
  const nodes: Node[] = [];
  while (rest.length > 0) nodes.push(parseNode(rest, domain));
  const [only] = nodes;
  return nodes.length === 1 && only ? only : { op: '&', nodes };
}

const malformed = (domain: Value) => new PythonError('ValueError', `Domain() malformed domain ${repr(domain)}`);

function parseNode(rest: Value[], domain: Value): Node {
  const item = rest.shift();
  if (item === '&' || item === '|') return { op: item, nodes: [parseNode(rest, domain), parseNode(rest, domain)] };
  if (item === '!') return { op: '!', nodes: [parseNode(rest, domain)] };
  if (!Array.isArray(item) || item.length !== 3) throw malformed(domain);
  const [field, operator, value] = item;
  return { field: String(field), operator: String(operator).toLowerCase(), value: value ?? false };
}

export function leaves(node: Node): Leaf[] {
  return 'op' in node ? node.nodes.flatMap(leaves) : [node];
}

export function compile(orm: Orm, model: string, node: Node): Test {
  if (!('op' in node)) return compileLeaf(orm, model, node);
  const tests = node.nodes.map((each) => compile(orm, model, each));
  if (node.op === '!') return (row) => !tests[0]?.(row);
  return node.op === '|' ? (row) => tests.some((test) => test(row)) : (row) => tests.every((test) => test(row));
}

const condition = ({ field, operator, value }: Leaf) => `('${field}', '${operator}', ${repr(value)})`;

function compileLeaf(orm: Orm, model: string, leaf: Leaf): Test {
  // `(1, '=', 1)` and `(0, '=', 1)` are Odoo's constants.
  if (leaf.field === '1' || leaf.field === '0') return () => Number(leaf.field) === leaf.value;
  if (!OPERATORS.has(leaf.operator)) {
    throw new PythonError('ValueError', `Invalid operator in condition ${condition(leaf)}`);
  }
  const [name = '', ...path] = leaf.field.split('.');
  const field = fieldOf(model, name);
  if (!field) throw new PythonError('ValueError', `Invalid field ${model}.${name} in condition ${condition(leaf)}`);
  if (path.length > 0) return throughRelation(orm, model, field, { ...leaf, field: path.join('.') });
  if (leaf.operator === 'any' || leaf.operator === 'not any') {
    const some = someRelated(orm, model, field, compile(orm, field.relation ?? '', parseDomain(leaf.value)));
    return leaf.operator === 'any' ? some : (row) => !some(row);
  }
  const named = field.relation && isModel(field.relation) && mentionsNames(leaf);
  const matches = matcher(leaf);
  return (row) => {
    const value = orm.value(model, row, name);
    return matches(named ? names(orm, field.relation ?? '', value) : value);
  };
}

/** `country_id.code != 'US'`: some record behind the relation fulfils the rest, so there has to be one. */
function throughRelation(orm: Orm, model: string, field: Field, rest: Leaf): Test {
  return someRelated(orm, model, field, compileLeaf(orm, field.relation ?? '', rest));
}

const POSITIVE: Record<string, string> = {
  ...{ '!=': '=', '<>': '=', 'not in': 'in', 'not like': 'like', 'not ilike': 'ilike' },
  ...{ 'not =like': '=like', 'not =ilike': '=ilike' },
};

function someRelated(orm: Orm, model: string, field: Field, test: Test): Test {
  return (row) => {
    const value = orm.value(model, row, field.name);
    const ids = Array.isArray(value) ? value : [value];
    return ids.some((id) => {
      const target = orm.row(field.relation ?? '', id);
      return target !== undefined && test(target);
    });
  };
}

/** A relation compared with a text is compared by display name. */
function mentionsNames({ operator, value }: Leaf): boolean {
  if (operator.includes('like')) return true;
  return typeof value === 'string' || (Array.isArray(value) && value.some((item) => typeof item === 'string'));
}

function names(orm: Orm, relation: string, value: Value): Value {
  if (Array.isArray(value)) return value.map((id) => orm.displayName(relation, Number(id)));
  return value ? orm.displayName(relation, Number(value)) : false;
}

/** The comparison itself; an x2many matches when one of its records does. */
function matcher({ operator, value }: Leaf): (actual: Value) => boolean {
  const positive = POSITIVE[operator];
  if (positive) {
    const test = matcher({ field: '', operator: positive, value });
    return (actual) => !test(actual);
  }
  const test = scalarTest(operator, value);
  return (actual) => {
    if (!Array.isArray(actual)) return test(actual);
    return actual.length === 0 ? test(false) : actual.some(test);
  };
}

function scalarTest(operator: string, value: Value): (actual: Value) => boolean {
  if (operator === 'in' || operator === '=' || operator === '==') {
    const wanted = Array.isArray(value) ? value : [value];
    return (actual) => wanted.some((item) => same(actual, item));
  }
  if (operator.includes('like')) return likeTest(operator, String(value === false ? '' : value));
  if (operator === 'child_of' || operator === 'parent_of') {
    throw new PythonError('NotImplementedError', `the sandbox does not know the operator ${operator}`);
  }
  return (actual) => compareTest(operator, actual, value);
}

function same(actual: Value, wanted: Value): boolean {
  if (wanted === false || wanted === null) return actual === false || actual === 0;
  if (typeof actual === 'boolean' || typeof wanted === 'boolean') return truthy(actual) === truthy(wanted);
  return typeof actual === 'number' ? actual === Number(wanted) : actual === wanted;
}

function compareTest(operator: string, actual: Value, wanted: Value): boolean {
  if (actual === false || actual === null || wanted === null) return false;
  const [left, right] = typeof actual === 'number' ? [actual, Number(wanted)] : [String(actual), String(wanted)];
  if (operator === '<') return left < right;
  if (operator === '>') return left > right;
  return operator === '<=' ? left <= right : left >= right;
}

function likeTest(operator: string, pattern: string): (actual: Value) => boolean {
  const whole = operator.startsWith('=');
  const source = [...pattern].map((char) => {
    if (char === '%') return '[\\s\\S]*';
    return char === '_' ? '[\\s\\S]' : char.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  });
  const expression = new RegExp(
    whole ? `^${source.join('')}$` : source.join(''),
    operator.endsWith('ilike') ? 'i' : '',
  );
  return (actual) => {
    if (pattern === '' && !whole) return true;
    return actual !== false && actual !== null && expression.test(String(actual));
  };
}
