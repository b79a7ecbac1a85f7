/**
 * What older Odoos call otherwise. Everybody else here speaks the newest Odoo's language; this page is the
 * only one that knows another, measured on Odoo 16 to 18.
 */
import type { Value } from '../client.ts';

/** Fields that an older Odoo names, or holds, in another way. */
export interface FieldDifference {
  model: string;
  /** As the newest Odoo calls them. */
  ours: readonly string[];
  /** The field that holds them there; undefined: nothing there does, so they are not written. */
  theirs?: string;
  /** What is written there, by what is given of ours; default: the value as it is. */
  tell?: (given: Readonly<Record<string, Value | undefined>>) => Value;
  /** Ours by what is read there; default: the value as it is. */
  understand?: (value: unknown) => Readonly<Record<string, unknown>>;
}

/** A method that goes by another name there. */
export interface MethodDifference {
  model: string;
  ours: string;
  theirs: string;
}

/** What must be said there of a new record, and goes without saying in the newest Odoo. */
export interface Addition {
  model: string;
  values: Readonly<Record<string, Value>>;
}

/** A field as `fields_get` describes it. */
export type Described = { selection?: unknown } | undefined;

/** Ways of putting things that ended together, and what tells whether they have. */
export interface Difference {
  sign: {
    model: string;
    field: string;
    /** Whether Odoo speaks the newest language in this; default: it has the field. */
    isNew?: (field: Described) => boolean;
  };
  fields?: readonly FieldDifference[];
  methods?: readonly MethodDifference[];
  additions?: readonly Addition[];
  /** What the steps must mind as long as it lasts. */
  habit?: Habit;
}

/**
 * What no other word can mend:
 * - `mergesInvoices`: orders of one customer that are invoiced together become one invoice.
 * - `asksReturnPlace`: a return must be told where the goods go.
 * - `keepsCreditsApart`: a credit note is not set off against what is left to pay of its invoice.
 */
export type Habit = 'mergesInvoices' | 'asksReturnPlace' | 'keepsCreditsApart';

/** As written to a record or, as text, into a cell of `load()`. */
const isOn = (value: Value | undefined): boolean => value === true || value === '1';

/** 16 and 17 have one word for goods, goods that are counted, and services. */
const kindOfProduct = (model: string): FieldDifference => ({
  model,
  ours: ['type', 'is_storable'],
  theirs: 'detailed_type',
  tell: ({ type, is_storable }) => (isOn(is_storable) ? 'product' : (type ?? 'consu')),
  understand: (value) => ({ type: value === 'product' ? 'consu' : value, is_storable: value === 'product' }),
});

const renamed = (model: string, ours: string, theirs: string): FieldDifference => ({ model, ours: [ours], theirs });
const absent = (model: string, field: string): FieldDifference => ({ model, ours: [field] });

/** Those that ended with 19, with 18 and with 17. Who has done with all of one row has done with those below. */
export const differences: readonly (readonly Difference[])[] = [
  [
    {
      sign: { model: 'sale.order.line', field: 'tax_ids' },
      fields: [renamed('sale.order.line', 'tax_ids', 'tax_id')],
    },
    {
      sign: { model: 'sale.order.line', field: 'product_uom_id' },
      fields: [renamed('sale.order.line', 'product_uom_id', 'product_uom')],
    },
  ],
  [
    {
      sign: { model: 'product.template', field: 'is_storable' },
      fields: [kindOfProduct('product.template'), kindOfProduct('product.product')],
    },
    {
      sign: { model: 'account.tax', field: 'price_include_override' },
      fields: [
        {
          model: 'account.tax',
          ours: ['price_include_override'],
          theirs: 'price_include',
          tell: ({ price_include_override }) => price_include_override === 'tax_included',
          understand: (value) => ({ price_include_override: value === true ? 'tax_included' : 'tax_excluded' }),
        },
      ],
    },
    {
      sign: { model: 'product.attribute', field: 'active' },
      fields: [absent('product.attribute', 'active'), absent('product.attribute.value', 'active')],
    },
    {
      sign: { model: 'stock.return.picking', field: 'location_id', isNew: (field) => field === undefined },
      methods: [{ model: 'stock.return.picking', ours: 'action_create_returns', theirs: 'create_returns' }],
      habit: 'asksReturnPlace',
    },
  ],
  [
    {
      sign: { model: 'sale.order', field: 'locked' },
      fields: [
        {
          ...{ model: 'sale.order', ours: ['state', 'locked'], theirs: 'state' },
          understand: (value) => ({ state: value === 'done' ? 'sale' : value, locked: value === 'done' }),
        },
      ],
      methods: [{ model: 'sale.order', ours: 'action_lock', theirs: 'action_done' }],
    },
    {
      sign: { model: 'stock.move', field: 'picked' },
      fields: [renamed('stock.move', 'quantity', 'quantity_done'), absent('stock.move', 'picked')],
    },
    {
      sign: { model: 'sale.advance.payment.inv', field: 'consolidated_billing' },
      fields: [absent('sale.advance.payment.inv', 'consolidated_billing')],
      habit: 'mergesInvoices',
    },
    {
      sign: { model: 'account.move.reversal', field: 'refund_method', isNew: (field) => field === undefined },
      methods: [{ model: 'account.move.reversal', ours: 'refund_moves', theirs: 'reverse_moves' }],
      additions: [{ model: 'account.move.reversal', values: { refund_method: 'refund' } }],
      habit: 'keepsCreditsApart',
    },
    {
      sign: {
        ...{ model: 'product.attribute', field: 'display_type' },
        isNew: (field) => JSON.stringify(field?.selection ?? '"multi"').includes('"multi"'),
      },
      fields: [
        {
          ...{ model: 'product.attribute', ours: ['display_type'], theirs: 'display_type' },
          // Of an attribute with several ticks only 17 and later have a picture.
          tell: ({ display_type = 'radio' }) => (display_type === 'multi' ? 'radio' : display_type),
        },
      ],
    },
  ],
];

/** Where a path leads on to a model that has differences. */
export const relations: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'sale.order': { order_line: 'sale.order.line' },
  'sale.order.line': { order_id: 'sale.order', product_id: 'product.product', move_ids: 'stock.move' },
  'stock.picking': { move_ids: 'stock.move', sale_id: 'sale.order' },
  'stock.move': { picking_id: 'stock.picking', sale_line_id: 'sale.order.line', product_id: 'product.product' },
  'product.product': { product_tmpl_id: 'product.template' },
  'product.template': { product_variant_ids: 'product.product' },
  'product.attribute': { value_ids: 'product.attribute.value' },
  'product.attribute.value': { attribute_id: 'product.attribute' },
};
