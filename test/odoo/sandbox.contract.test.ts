/**
 * What a connector may rely on, checked against the sandbox in `npm test` and against a real Odoo 19 in
 * `npm run test:odoo`. This file: who may do what, and what a refusal looks like.
 */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTarget, type Target } from '../support/odoo-target.ts';
import { faultOf, type Struct } from '../support/odoo-wire.ts';

let t: Target;
beforeAll(async () => {
  t = await openTarget();
});
afterAll(() => t.close());

const GONE = 2_000_000_000;

describe('version and login', () => {
  it('tells its version without a login', async () => {
    const version = await t.odoo.common<Struct>('version', []);
    expect(version).toMatchObject({ server_serie: '19.0', protocol_version: 1 });
    expect(version.server_version_info).toEqual([19, 0, 0, 'final', 0, expect.any(String)]);
  });

  it('answers false to a wrong password', async () => {
    const { database, login } = t.odoo.target;
    expect(await t.odoo.common('authenticate', [database, login, 'wrong', {}])).toBe(false);
  });

  it('faults on a database that does not exist', async () => {
    const { login, password } = t.odoo.target;
    const fault = await faultOf(t.odoo.common('authenticate', ['no_such_database', login, password, {}]));
    expect(fault.code).toBe(1);
    expect(fault.lastLine).toContain('database "no_such_database" does not exist');
  });

  it('denies a call with a wrong password', async () => {
    const params = [t.odoo.target.database, t.odoo.uid, 'wrong', 'res.partner', 'search', [[]], {}];
    const fault = await faultOf(t.odoo.object('execute_kw', params));
    expect([fault.code, fault.message]).toEqual([3, 'Access Denied']);
  });

  it('faults on a service method that does not exist', async () => {
    const fault = await faultOf(t.odoo.common('nope', []));
    expect([fault.code, fault.lastLine]).toEqual([1, 'Exception: Method not found: nope']);
  });
});

describe('faults', () => {
  it('names a model that does not exist', async () => {
    const fault = await faultOf(t.odoo.call('no.such.model', 'read', [[1]]));
    expect([fault.code, fault.message]).toEqual([2, "Object no.such.model doesn't exist"]);
  });

  it('names a method that does not exist', async () => {
    const fault = await faultOf(t.odoo.call('res.partner', 'no_such_method', [[1]]));
    expect([fault.code, fault.lastLine]).toEqual([
      1,
      "AttributeError: The method 'res.partner.no_such_method' does not exist",
    ]);
  });

  it.each(['_read_format', 'sudo', 'browse'])('keeps %s private', async (method) => {
    const fault = await faultOf(t.odoo.call('res.partner', method, [[1]]));
    expect(fault.code).toBe(4);
    expect(fault.message).toBe(`Private methods (such as 'res.partner.${method}') cannot be called remotely.`);
  });

  it('answers nothing for a record that is gone, but does not write it', async () => {
    expect(await t.odoo.call('res.partner', 'read', [[GONE], ['name']])).toEqual([]);
    const text = `Record does not exist or has been deleted.\n(Record: res.partner(${GONE},), User: ${t.odoo.uid})`;
    for (const call of [
      () => t.odoo.write('res.partner', [GONE], { name: 'x' }),
      () => t.odoo.call('res.partner', 'unlink', [[GONE]]),
    ]) {
      const fault = await faultOf(call());
      expect([fault.code, fault.message]).toEqual([2, text]);
    }
  });

  it.each<[string, string, Struct, string]>([
    ['an unknown field', 'res.partner', { name: 'x', nope: 1 }, "ValueError: Invalid field 'nope' in 'res.partner'"],
    [
      'an unknown choice',
      'res.partner',
      { name: 'x', type: 'nope' },
      "ValueError: Wrong value for res.partner.type: 'nope'",
    ],
  ])('faults with a traceback on %s', async (_what, model, vals, line) => {
    const fault = await faultOf(t.odoo.create(model, vals));
    expect([fault.code, fault.lastLine]).toEqual([1, line]);
    expect(fault.message).toMatch(/^Traceback/);
  });

  it('says in words what a constraint wants', async () => {
    const missing = await faultOf(t.odoo.create('sale.order', { client_order_ref: 'x' }));
    expect(missing.code).toBe(2);
    expect(missing.message).toBe(
      "The operation cannot be completed: Missing required value for the field 'Customer' (partner_id).\n" +
        "Model: 'Sales Order' (sale.order)\n- create/update: a mandatory field is not set\n" +
        '- delete: another model requires the record being deleted, you can archive it instead\n',
    );
    const nameless = await faultOf(t.odoo.create('res.partner', { email: 'x@example.com' }));
    expect([nameless.code, nameless.message]).toEqual([
      2,
      'The operation cannot be completed: Contacts require a name',
    ]);
    const dangling = await faultOf(t.odoo.create('res.partner', { name: 'x', country_id: GONE }));
    expect(dangling.code).toBe(2);
    expect(dangling.message).toContain("The troublemaker is: 'Contact' (res.partner)");
  });

  it('changes nothing when a list is created and one of it fails', async () => {
    const name = t.unique('half');
    const fault = await faultOf(t.odoo.call('res.partner', 'create', [[{ name }, { email: 'no name' }]]));
    expect(fault.code).toBe(2);
    expect(await t.odoo.call('res.partner', 'search_count', [[['name', '=', name]]])).toBe(0);
  });
});

describe('rights of a non-admin', () => {
  const denied = "You are not allowed to modify 'Companies' (res.company) records.";

  it('may not write a company', async () => {
    const fault = await faultOf(t.odoo.write('res.company', [1], { name: 'x' }));
    expect(fault.code).toBe(4);
    expect(fault.message).toContain(denied);
  });

  it('is told so by load in a message, not by a fault', async () => {
    const answer = await t.odoo.load('res.company', ['.id', 'name'], [['1', 'x']]);
    expect(answer.ids).toBe(false);
    expect(answer.messages).toHaveLength(1);
    expect(answer.messages[0]).toMatchObject({ type: 'error', record: 0, rows: { from: 0, to: 0 } });
    expect(answer.messages[0]?.message).toContain(denied);
  });

  it('may neither read nor create external ids, but ask for one', async () => {
    const read = await faultOf(t.odoo.call('ir.model.data', 'search_read', [[], ['name']], { limit: 1 }));
    const vals = { name: 'x', module: 'y', model: 'res.partner', res_id: 1 };
    const create = await faultOf(t.odoo.create('ir.model.data', vals));
    expect([read.code, create.code]).toEqual([4, 4]);
    expect(await t.odoo.call('ir.model.data', 'check_object_reference', ['base', 'us'])).toEqual([
      'res.country',
      await t.odoo.idOf('base.us'),
    ]);
    const unknown = await faultOf(t.odoo.call('ir.model.data', 'check_object_reference', ['base', 'nowhere']));
    expect([unknown.code, unknown.lastLine]).toEqual([
      1,
      'ValueError: External ID not found in the system: base.nowhere',
    ]);
  });

  it('can ask what it may do', async () => {
    expect(await t.odoo.call('res.partner', 'check_access_rights', ['create', false])).toBe(true);
    expect(await t.odoo.call('res.company', 'check_access_rights', ['write', false])).toBe(false);
    expect(await t.odoo.call('res.company', 'check_access_rights', ['write'], { raise_exception: false })).toBe(false);
    expect(await t.odoo.call('res.partner', 'has_access', [[], 'write'])).toBe(true);
    const denial = await faultOf(t.odoo.call('res.company', 'check_access_rights', ['write']));
    expect(denial.code).toBe(4);
    const allowance = await faultOf(t.odoo.call('res.partner', 'check_access_rights', ['write']));
    expect(allowance.lastLine).toContain('cannot marshal None');
  });
});
