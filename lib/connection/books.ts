/** What of Odoo's own setup decides how the store's records look there. */
import { failed, ok, type Step, warning } from './step.ts';

export const languages: Step = {
  name: 'languages',
  async run({ odoo }) {
    const codes = (await odoo.searchRead('res.lang', [], ['code'])).map(({ code }) => String(code)).sort();
    const detail = `Active: ${codes.join(', ')}. Texts of the store in other languages are left out.`;
    if (codes.includes('en_US')) return ok(detail);
    return warning(detail, 'Activate English (US) in Odoo: texts are translations of it.');
  },
};

export const currency: Step = {
  name: 'currency',
  async run({ odoo }) {
    const [company] = await odoo.searchRead('res.company', [], ['currency_id'], { limit: 1, order: 'id' });
    if (!Array.isArray(company?.currency_id)) return failed('ODOO_ACCESS', 'The user sees no company in Odoo.');
    return ok(`The company keeps its books in ${company.currency_id[1]}.`);
  },
};

export const pricelists: Step = {
  name: 'pricelists',
  async run({ odoo }) {
    const count = Number(await odoo.call('product.pricelist', 'search_count', [[]]));
    if (count > 0) return ok(`Odoo has ${count} ${count === 1 ? 'pricelist' : 'pricelists'}.`);
    return warning(
      'Odoo has no pricelist: orders can be in the company’s currency only.',
      'If the store sells in several currencies, switch Pricelists on in the settings of Sales.',
    );
  },
};
