/**
 * Records what the sandbox cannot make up: the fields, defaults, rights and base data of a real Odoo 19.
 *
 *     ODOO_URL=… ODOO_DB=… ODOO_USER=… ODOO_PASSWORD=… npx tsx infra/local/sandbox/record.ts
 *
 * Run it against a fresh database (no demo data) in which German (`de_DE`) is active beside English, as the connector's
 * non-admin user.
 */
import { call, type Json, type Struct, saveList, saveMap } from './recording.ts';
import { BASE_DATA, EXTERNAL_IDS, FIELD_ATTRIBUTES, MODELS, PARTIAL_MODELS } from './recording-plan.ts';

async function recordFields(): Promise<void> {
  const entries: [string, Json][] = [];
  for (const model of [...MODELS, ...Object.keys(PARTIAL_MODELS)]) {
    const only = PARTIAL_MODELS[model] ?? [];
    const fields = await call<Record<string, Struct>>(model, 'fields_get', [only, [...FIELD_ATTRIBUTES]]);
    for (const [name, definition] of Object.entries(fields).sort(([a], [b]) => (a < b ? -1 : 1))) {
      entries.push([`${model}/${name}`, definition]);
    }
  }
  saveMap('fields', entries);
}

/** Dates are left out: the sandbox computes them at the moment of creation, as Odoo does. */
async function recordDefaults(): Promise<void> {
  const entries: [string, Json][] = [];
  for (const model of MODELS) {
    const fields = await call<Record<string, Struct>>(model, 'fields_get', [[], ['type', 'store']]);
    const names = Object.keys(fields).filter(
      (name) => !['date', 'datetime', 'binary'].includes(`${fields[name]?.type}`),
    );
    const defaults = await call<Struct>(model, 'default_get', [names]).catch(() => ({}) as Struct);
    entries.push([model, defaults]);
  }
  saveMap('defaults', entries);
}

async function recordAccess(): Promise<void> {
  const entries: [string, Json][] = [];
  for (const model of [...MODELS, ...Object.keys(PARTIAL_MODELS), 'ir.model.data']) {
    for (const operation of ['read', 'create', 'write', 'unlink']) {
      await call(model, 'check_access_rights', [operation]).catch(
        (error: { faultCode: number; faultString: string }) => {
          if (error.faultCode === 4) entries.push([`${model}/${operation}`, error.faultString]);
        },
      );
    }
  }
  saveMap('access', entries);
}

async function recordBaseData(): Promise<void> {
  const records: Json[] = [];
  for (const [model, { fields, domain }] of Object.entries(BASE_DATA)) {
    const options = { order: 'id', context: { active_test: false } };
    const rows = await call<Struct[]>(model, 'search_read', [domain ?? [], fields], options);
    const types = await call<Record<string, Struct>>(model, 'fields_get', [fields, ['type']]);
    for (const row of rows) {
      for (const [field, value] of Object.entries(row)) {
        if (types[field]?.type === 'many2one' && Array.isArray(value)) row[field] = value[0] ?? false;
        if (value === false && types[field]?.type !== 'boolean') delete row[field];
      }
      records.push([model, row]);
    }
  }
  saveList('records', records);
}

async function recordExternalIds(): Promise<void> {
  const entries: [string, Json][] = [];
  for (const model of EXTERNAL_IDS) {
    const ids = await call<number[]>(model, 'search', [[]], { order: 'id', context: { active_test: false } });
    const metadata = await call<{ id: number; xmlids: { xmlid: string }[] }[]>(model, 'get_metadata', [ids]);
    for (const { id, xmlids } of metadata) for (const { xmlid } of xmlids) entries.push([xmlid, [model, id]]);
  }
  saveMap(
    'external-ids',
    entries.filter(([xmlid]) => !xmlid.startsWith('__')),
  );
}

await recordFields();
await recordDefaults();
await recordAccess();
await recordBaseData();
await recordExternalIds();
