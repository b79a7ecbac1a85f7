/** How many calls to Odoo each thing takes, for one record and for many: docs/calls.md says so. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { anOption } from '../support/choices.ts';
import { syncTogether } from '../support/direct.ts';
import { email, openRig, rig, sku } from '../support/pipeline.ts';
import { aCustomer, anAddress, anEvent, anOrder, aProduct } from '../support/snapshots.ts';

const MANY = 100;
const english = (name: string) => [{ languageCode: 'en-gb', name: `${name} ${rig.tag}` }];

interface Kind {
  entity: string;
  /** In the table, where an entity has several rows. */
  row?: string;
  /** The record as it is at first, and once it has changed. */
  snapshot: (id: string, version: number) => unknown;
  /** Odoo's record as somebody else may have made it. */
  present?: (id: string) => [model: string, vals: Record<string, string | number>];
  model: string;
  /** Records of the batch, where Odoo cannot have a hundred: it gives journals codes of two digits. */
  many?: number;
  /** Odoo keeps no more of it than a name: nothing to delete there, nothing to be gone. */
  lasting?: true;
}

/** No other tax has it: neither one of another run nor another one of this. */
const rates = new Map<string, string>();
const firstRate = 100 + (Date.now() % 10_000_000);
function rateOf(id: string): string {
  const rate = rates.get(id) ?? `${firstRate}.${String(rates.size).padStart(4, '0')}`;
  rates.set(id, rate);
  return rate;
}

const named = (id: string, version: number, what: string) => english(`${what} ${id}${version === 1 ? '' : ' changed'}`);
const soldTo = (id: string) => aCustomer({ email: email('buyer'), firstName: `Buyer of ${id}` });

const kinds: readonly Kind[] = [
  {
    entity: 'category',
    snapshot: (id, version) => ({ names: named(id, version, 'Category') }),
    present: (id) => ['product.category', { name: `Category ${id} ${rig.tag}` }],
    model: 'product.category',
    lasting: true,
  },
  {
    entity: 'option',
    row: 'option with 3 values',
    snapshot: (id, version) => ({
      names: named(id, version, 'Option'),
      type: 'select',
      values: ['S', 'M', 'L'].map((name) => ({ optionValueId: `${id}-${name}`, names: english(name) })),
    }),
    present: (id) => ['product.attribute', { name: `Option ${id} ${rig.tag}`, create_variant: 'dynamic' }],
    model: 'product.attribute',
  },
  {
    entity: 'product',
    snapshot: (id, version) => aProduct({ model: sku(id), price: `${40 + version}.0000` }),
    present: (id) => ['product.product', { name: id, default_code: sku(id) }],
    model: 'product.template',
  },
  {
    entity: 'product',
    row: 'product with 6 variants',
    snapshot: (id, version) => {
      const colour = anOption('CallColour', [{ name: 'Red' }, { name: 'Blue', price: '1.0000' }]);
      const size = anOption('CallSize', [{ name: 'S' }, { name: 'M' }, { name: 'L', price: '2.0000' }]);
      return aProduct({ model: sku(id), price: `${40 + version}.0000`, options: [colour, size] });
    },
    model: 'product.template',
  },
  {
    entity: 'customer',
    row: 'customer with an address',
    snapshot: (id, version) =>
      aCustomer({
        ...{ email: email(id), telephone: `+1 555 ${version}` },
        addresses: [{ ...anAddress({ address1: `${id} Lane` }), addressId: `a-${id}` }],
      }),
    present: (id) => ['res.partner', { name: id, email: email(id) }],
    model: 'res.partner',
  },
  {
    entity: 'tax',
    snapshot: (id) => ({ taxRateId: id, name: `Tax ${id} ${rig.tag}`, type: 'P', rate: rateOf(id) }),
    present: (id) => [
      'account.tax',
      { name: `Levy ${id} ${rig.tag}`, amount: Number(rateOf(id)), type_tax_use: 'sale', amount_type: 'percent' },
    ],
    model: 'account.tax',
    lasting: true,
  },
  {
    entity: 'carrier',
    snapshot: (id) => ({ name: `Carrier ${id} ${rig.tag}` }),
    model: 'delivery.carrier',
    lasting: true,
  },
  {
    entity: 'payment-method',
    snapshot: (id) => ({ name: `Pay ${id} ${rig.tag}` }),
    model: 'account.journal',
    many: 5,
    lasting: true,
  },
  {
    entity: 'order',
    row: 'order of 3 lines, to CONFIRM',
    snapshot: (id, version) => {
      const products = Object.fromEntries(
        ['x', 'y', 'z'].map((name) => [name, aProduct({ model: sku(`sold-${name}`) })]),
      );
      const lines = Object.keys(products).map((productId, index) => ({
        ...{ orderProductId: String(index), productId, name: productId, price: '10.0000', taxes: [] },
        quantity: version,
      }));
      const totals = [{ code: 'total', title: 'Total', value: `${30 * version}.0000` }];
      return anOrder({ orderId: id, customer: soldTo('all'), lines, products, totals });
    },
    model: 'sale.order',
    lasting: true,
  },
  {
    entity: 'order-status',
    snapshot: (id, version) => ({ names: named(id, version, 'Status') }),
    model: '',
    lasting: true,
  },
];

type Counts = Record<string, number>;
const columns = ['create', 'update', 'repeat', 'delete', 'adopt', 'stale'];

beforeAll(async () => {
  await openRig();
  // What all of them share is there: a product of the options, a carrier's service product, a sold product each.
  for (const kind of kinds) await syncTogether([anEvent(kind.entity, `first-${kind.row}`, kind.snapshot('first', 1))]);
});
afterAll(() => rig?.stop());

async function countsOf(kind: Kind, many: number): Promise<Counts> {
  const { entity, snapshot, present, model, lasting } = kind;
  const name = `${entity}${kind.row?.includes('variants') ? 'v' : ''}${many}`;
  // A carrier's product has the carrier's code, in a real Odoo also from the run before.
  const ids = (what: string) => Array.from({ length: many }, (_, index) => `${rig.tag}-${name}-${what}${index}`);
  const send = async (what: string, version: number, results: string[]) => {
    const { calls, outcomes } = await syncTogether(
      ids(what).map((id) =>
        anEvent(entity, id, version === 0 ? {} : snapshot(id, version), version === 0 ? { action: 'delete' } : {}),
      ),
    );
    expect(outcomes.filter(({ result }) => !results.includes(result))).toEqual([]);
    return calls.length;
  };
  const counts: Counts = {
    create: await send('n', 1, ['created', 'noted']),
    update: await send('n', 2, ['updated', 'noted', 'unchanged']),
    repeat: await send('n', 2, ['unchanged', 'noted']),
    delete: await send('n', 0, ['archived', 'kept', 'cancelled']),
  };
  if (present !== undefined) {
    const [presentModel] = present('');
    await rig.odoo.call(presentModel, 'create', [ids('p').map((id) => present(id)[1])]);
    counts.adopt = await send('p', 1, ['adopted']);
  }
  if (lasting !== true) {
    await send('s', 1, ['created']);
    const { readMappings } = await import('../../lib/store/mappings.ts');
    const mappings = await readMappings(
      rig.connection,
      ids('s').map((recordId) => ({ entity, recordId })),
    );
    await rig.odoo.call(model, 'unlink', [[...mappings.values()].map(({ odooId }) => odooId as number)]);
    counts.stale = await send('s', 2, ['created', 'updated']);
  }
  return counts;
}

/** The table of docs/calls.md: by row, what each thing takes for one record and for a hundred. */
function documented(): Map<string, string[]> {
  const text = readFileSync(new URL('../../docs/calls.md', import.meta.url), 'utf8');
  const rows = [...text.matchAll(/^\| ([^|]+?) \|(.+)\|$/gm)].map(([, name = '', cells = '']) => {
    return [name, cells.split('|').map((cell) => cell.trim())] as const;
  });
  return new Map(rows);
}

describe.each(kinds.map((kind) => ({ ...kind, name: kind.row ?? kind.entity })))('$name', (kind) => {
  test('takes the calls that docs/calls.md says', async () => {
    const one = await countsOf(kind, 1);
    const many = await countsOf(kind, kind.many ?? MANY);
    const row = columns.map((column) => (one[column] === undefined ? '-' : `${one[column]} / ${many[column]}`));
    const [major = ''] = (await rig.odoo.version()).split('.');
    expect(row).toEqual(documented().get(`${kind.name}, on ${major}`) ?? documented().get(kind.name));
  });
});
