/** The contract suites need an Odoo that speaks German too; an administrator can be told to teach it. */
import { OdooWire } from './odoo-wire.ts';

const GERMAN = 'de_DE';

/** Runs once before the suites on a real Odoo. */
export default async function setup(): Promise<void> {
  const { ODOO_URL, ODOO_DB = '', ODOO_ADMIN, ODOO_ADMIN_PASSWORD = '' } = process.env;
  if (!ODOO_URL || !ODOO_ADMIN) return;
  const login = { url: ODOO_URL, database: ODOO_DB, login: ODOO_ADMIN, password: ODOO_ADMIN_PASSWORD };
  const odoo = await OdooWire.connect(login);
  const domain = [
    ['code', '=', GERMAN],
    ['active', '=', false],
  ];
  const ids = await odoo.call<number[]>('res.lang', 'search', [domain], { context: { active_test: false } });
  if (ids.length === 0) return;
  const wizard = await odoo.create('base.language.install', { lang_ids: [[6, 0, ids]], overwrite: false });
  await odoo.call('base.language.install', 'lang_install', [[wizard].flat()]);
}
