/**
 * Records in what the fields of an older Odoo differ from those of 19, so that the sandbox can play it.
 *
 *     ODOO_URL=… ODOO_DB=… ODOO_USER=… ODOO_PASSWORD=… npx tsx infra/local/sandbox/record-older.ts
 *
 * Run it against a database of Odoo 16, 17 or 18 with the apps of the one that `record.ts` has recorded.
 */
import { call, type Json, type Struct, saveMap, version } from './recording.ts';
import { FIELD_ATTRIBUTES, MODELS, OLDER_FIELDS, PARTIAL_MODELS } from './recording-plan.ts';
import { fieldsOf } from './schema.ts';

/** What 19 has, and this Odoo does not. */
function lacking(model: string, present: Struct): [string, Json][] {
  return [...fieldsOf(model).keys()].filter((name) => !(name in present)).map((name) => [`${model}/${name}`, false]);
}

const entries: [string, Json][] = [];
for (const model of [...MODELS, ...Object.keys(PARTIAL_MODELS)].sort()) {
  const present = await call<Struct>(model, 'fields_get', [[], [...FIELD_ATTRIBUTES]]);
  const own = (OLDER_FIELDS[model] ?? []).filter((name) => name in present);
  entries.push(
    ...lacking(model, present),
    ...own.map((name): [string, Json] => [`${model}/${name}`, present[name] ?? false]),
  );
}
const { server_version, server_version_info, server_serie, protocol_version } = await version();
const told = { server_version, server_version_info, server_serie, protocol_version };
saveMap(`odoo-${server_serie}`, [['version', told as Json], ...entries]);
