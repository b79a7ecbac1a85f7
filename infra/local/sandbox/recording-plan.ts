/** What `record.ts` takes from a real Odoo; the sandbox knows these models and no others. */

/** Models the sandbox knows with all their fields. */
export const MODELS = [
  'res.partner',
  'res.country',
  'res.country.state',
  'res.currency',
  'product.template',
  'product.product',
  'product.category',
  'product.pricelist',
  'account.tax',
  'sale.order',
  'sale.order.line',
] as const;

/** Models of which a few fields are enough: they are referred to, hardly ever written. */
export const PARTIAL_MODELS: Record<string, string[]> = {
  'res.lang': [
    'name',
    'code',
    'iso_code',
    'url_code',
    'active',
    'direction',
    'date_format',
    'time_format',
    'display_name',
  ],
  'res.company': [
    ...['name', 'currency_id', 'country_id', 'partner_id', 'email', 'phone', 'sequence', 'active', 'display_name'],
    ...['tax_calculation_rounding_method', 'account_sale_tax_id', 'account_purchase_tax_id'],
  ],
  'res.users': ['name', 'login', 'email', 'partner_id', 'company_id', 'lang', 'tz', 'active', 'display_name'],
  'res.users.apikeys': ['name', 'user_id', 'scope', 'create_date', 'expiration_date', 'display_name'],
  'uom.uom': ['name', 'factor', 'relative_factor', 'relative_uom_id', 'rounding', 'sequence', 'active', 'display_name'],
  'account.fiscal.position': ['name', 'auto_apply', 'country_id', 'sequence', 'active', 'company_id', 'display_name'],
  'account.tax.group': ['name', 'sequence', 'company_id', 'display_name'],
  'crm.team': ['name', 'active', 'company_id', 'display_name'],
  'stock.warehouse': [
    ...['name', 'code', 'active', 'sequence', 'company_id', 'view_location_id', 'lot_stock_id', 'display_name'],
  ],
  'stock.quant': [
    ...['product_id', 'location_id', 'company_id', 'quantity', 'reserved_quantity', 'available_quantity', 'in_date'],
    ...['inventory_quantity', 'inventory_quantity_set', 'inventory_diff_quantity', 'inventory_quantity_auto_apply'],
    'display_name',
  ],
  'product.attribute': [
    ...['name', 'active', 'create_variant', 'display_type', 'sequence', 'value_ids', 'attribute_line_ids'],
    ...['product_tmpl_ids', 'number_related_products', 'display_name'],
  ],
  'product.attribute.value': [
    ...['name', 'active', 'attribute_id', 'sequence', 'is_custom', 'html_color', 'default_extra_price'],
    ...['display_type', 'is_used_on_products', 'pav_attribute_line_ids', 'display_name'],
  ],
  'product.template.attribute.line': [
    ...['product_tmpl_id', 'attribute_id', 'value_ids', 'value_count', 'product_template_value_ids', 'active'],
    ...['sequence', 'display_name'],
  ],
  'product.template.attribute.value': [
    ...['name', 'product_attribute_value_id', 'attribute_line_id', 'attribute_id', 'product_tmpl_id', 'price_extra'],
    ...['ptav_active', 'ptav_product_variant_ids', 'is_custom', 'display_type', 'html_color', 'display_name'],
  ],
  'product.attribute.custom.value': [
    ...['name', 'custom_product_template_attribute_value_id', 'custom_value', 'sale_order_line_id', 'display_name'],
  ],
  'res.currency.rate': [
    ...['name', 'rate', 'company_rate', 'inverse_company_rate', 'currency_id', 'company_id', 'display_name'],
  ],
  'delivery.carrier': [
    'name',
    'active',
    'sequence',
    'delivery_type',
    'product_id',
    'fixed_price',
    'company_id',
    'display_name',
  ],
  'account.journal': ['name', 'code', 'type', 'active', 'sequence', 'company_id', 'currency_id', 'display_name'],
  'account.move': [
    ...['name', 'state', 'move_type', 'payment_state', 'status_in_payment', 'ref', 'payment_reference', 'narration'],
    ...['amount_untaxed', 'amount_tax', 'amount_total', 'amount_residual', 'invoice_origin', 'invoice_user_id'],
    ...['invoice_date', 'date', 'invoice_date_due', 'partner_id', 'partner_shipping_id', 'commercial_partner_id'],
    ...['currency_id', 'journal_id', 'company_id', 'fiscal_position_id', 'line_ids', 'invoice_line_ids'],
    ...['reversed_entry_id', 'reversal_move_ids', 'matched_payment_ids', 'display_name'],
  ],
  'account.move.line': [
    ...['name', 'move_id', 'product_id', 'product_uom_id', 'quantity', 'price_unit', 'discount', 'tax_ids', 'sequence'],
    ...['price_subtotal', 'price_total', 'sale_line_ids', 'display_type', 'currency_id', 'company_id', 'display_name'],
  ],
  'account.move.reversal': ['move_ids', 'new_move_ids', 'date', 'reason', 'journal_id', 'company_id', 'display_name'],
  'account.payment': [
    ...['name', 'state', 'amount', 'date', 'memo', 'journal_id', 'partner_id', 'payment_type', 'partner_type'],
    ...['currency_id', 'company_id', 'invoice_ids', 'reconciled_invoice_ids', 'is_reconciled', 'display_name'],
  ],
  'account.payment.register': [
    ...['journal_id', 'payment_date', 'amount', 'group_payment', 'communication', 'payment_type', 'currency_id'],
    ...['partner_id', 'company_id', 'line_ids', 'payment_method_line_id', 'display_name'],
  ],
  'sale.advance.payment.inv': [
    ...['advance_payment_method', 'consolidated_billing', 'deduct_down_payments', 'sale_order_ids', 'display_name'],
  ],
  'stock.location': ['name', 'complete_name', 'usage', 'location_id', 'active', 'company_id', 'display_name'],
  'stock.picking.type': [
    ...['name', 'code', 'sequence_code', 'sequence', 'warehouse_id', 'active', 'company_id', 'display_name'],
    ...['default_location_src_id', 'default_location_dest_id'],
  ],
  'stock.picking': [
    ...['name', 'state', 'origin', 'picking_type_id', 'picking_type_code', 'move_ids', 'partner_id', 'location_id'],
    ...['location_dest_id', 'move_type', 'scheduled_date', 'date_done', 'sale_id', 'backorder_id', 'backorder_ids'],
    ...['return_id', 'return_ids', 'user_id', 'priority', 'company_id', 'note', 'carrier_id', 'carrier_tracking_ref'],
    ...['is_locked', 'display_name'],
  ],
  'stock.move': [
    ...['product_id', 'product_uom_qty', 'product_qty', 'product_uom', 'quantity', 'picked', 'state', 'sale_line_id'],
    ...['picking_id', 'location_id', 'location_dest_id', 'origin', 'origin_returned_move_id', 'to_refund', 'reference'],
    ...['partner_id', 'date', 'sequence', 'company_id', 'procure_method', 'display_name'],
  ],
  'stock.return.picking': ['picking_id', 'product_return_moves', 'company_id', 'display_name'],
  'stock.return.picking.line': [
    ...['product_id', 'quantity', 'move_id', 'move_quantity', 'wizard_id', 'uom_id', 'to_refund', 'display_name'],
  ],
};

/** Fields that only older Odoos have, or have in another way; the sandbox of their version knows them, too. */
export const OLDER_FIELDS: Record<string, string[]> = {
  'sale.order': ['state'],
  'sale.order.line': ['tax_id', 'product_uom', 'price_unit'],
  'product.template': ['detailed_type', 'type'],
  'product.product': ['detailed_type', 'type'],
  'product.attribute': ['display_type'],
  'account.tax': ['price_include'],
  'account.payment': ['ref'],
  'account.move.reversal': ['refund_method'],
  'stock.move': ['quantity_done'],
  'stock.return.picking': ['location_id'],
};

export const FIELD_ATTRIBUTES = [
  ...['type', 'string', 'required', 'readonly', 'store', 'relation', 'relation_field', 'selection', 'digits'],
  'translate',
] as const;

interface Selection {
  fields: string[];
  domain?: [string, string, string | number | boolean | number[]][];
}

/** Records a fresh database holds, with the ids it holds them under. */
export const BASE_DATA: Record<string, Selection> = {
  'res.currency': { fields: ['name', 'full_name', 'symbol', 'rounding', 'decimal_places', 'active', 'position'] },
  'res.country': {
    fields: ['name', 'code', 'phone_code', 'currency_id', 'state_required', 'zip_required', 'vat_label'],
  },
  'res.country.state': { fields: ['name', 'code', 'country_id'] },
  'res.lang': { fields: ['name', 'code', 'iso_code', 'url_code', 'active', 'direction', 'date_format', 'time_format'] },
  'res.company': {
    fields: ['name', 'currency_id', 'country_id', 'partner_id', 'account_sale_tax_id', 'account_purchase_tax_id'],
  },
  'res.partner': {
    fields: ['name', 'email', 'is_company', 'active', 'type', 'lang', 'country_id', 'complete_name'],
    domain: [['id', '<=', 6]],
  },
  'uom.uom': { fields: ['name', 'factor', 'relative_factor', 'relative_uom_id', 'rounding', 'sequence', 'active'] },
  'account.fiscal.position': { fields: ['name', 'auto_apply', 'country_id', 'sequence', 'active', 'company_id'] },
  'account.tax.group': { fields: ['name', 'sequence', 'company_id'] },
  'account.tax': {
    fields: [
      ...[
        'name',
        'amount',
        'amount_type',
        'type_tax_use',
        'active',
        'sequence',
        'company_id',
        'country_id',
        'tax_scope',
      ],
      ...['tax_group_id', 'include_base_amount', 'is_base_affected', 'fiscal_position_ids', 'original_tax_ids'],
    ],
    domain: [['id', '<=', 4]],
  },
  'product.category': { fields: ['name', 'parent_id', 'complete_name'], domain: [['id', '<=', 4]] },
  'product.pricelist': {
    fields: ['name', 'currency_id', 'company_id', 'active', 'sequence'],
    domain: [['id', '=', 1]],
  },
  'crm.team': { fields: ['name', 'active', 'company_id'] },
  'stock.warehouse': { fields: ['name', 'code', 'active', 'company_id', 'view_location_id', 'lot_stock_id'] },
  'account.journal': {
    fields: ['name', 'code', 'type', 'active', 'sequence', 'company_id'],
    domain: [['id', '<=', 7]],
  },
  'stock.location': { fields: ['name', 'complete_name', 'usage', 'location_id', 'active', 'company_id'] },
  'stock.picking.type': {
    fields: [
      ...['name', 'code', 'sequence_code', 'sequence', 'warehouse_id', 'active', 'company_id'],
      ...['default_location_src_id', 'default_location_dest_id'],
    ],
  },
};

/** Models whose external ids a client may refer to. */
export const EXTERNAL_IDS = [
  ...['res.country', 'res.country.state', 'res.currency', 'res.lang', 'res.company', 'uom.uom', 'crm.team'],
  ...['account.tax', 'product.category', 'product.pricelist', 'stock.warehouse'],
] as const;
