/** A bare client of Odoo's API that counts its calls, for those that the connector is compared with. */
import { Odoo, type OdooRecord, type Value } from '../../../lib/odoo/client.ts';
import { readDialect } from '../../../lib/odoo/dialect.ts';
import type { OdooTarget } from '../odoo-target.ts';

type Vals = Readonly<Record<string, Value>>;

export class Client {
  readonly #odoo: Odoo;
  calls = 0;

  private constructor(odoo: Odoo) {
    this.#odoo = odoo;
  }

  /** @param context part of each call's */
  static async logIn({ url, database, login: user, password }: OdooTarget, context: Vals = {}): Promise<Client> {
    const credentials = { url, database, user, password };
    const onCall = () => {
      client.calls += 1;
    };
    const odoo = new Odoo({ credentials, pace: async () => {}, onCall, context });
    const client: Client = new Client(odoo);
    await readDialect(credentials, odoo);
    return client;
  }

  async search(
    model: string,
    domain: readonly (readonly [string, string, Value])[],
    fields = ['id'],
  ): Promise<OdooRecord[]> {
    return this.#odoo.searchRead(model, domain, fields);
  }

  /** Makes one record. */
  async create(model: string, vals: Vals, context: Vals = {}): Promise<number> {
    const [id] = await this.createAll(model, [vals], context);
    return id as number;
  }

  async createAll(model: string, list: readonly Vals[], context: Vals = {}): Promise<number[]> {
    return [await this.#odoo.call(model, 'create', [list], { context })].flat().map(Number);
  }

  async call(model: string, method: string, args: readonly Value[], context: Vals = {}): Promise<unknown> {
    return this.#odoo.call(model, method, args, { context });
  }

  /** @returns the ids, in the order of the rows */
  async load(model: string, columns: readonly string[], rows: readonly (readonly Value[])[]): Promise<number[]> {
    const answer = (await this.#odoo.call(model, 'load', [columns, rows])) as {
      ids: number[] | false;
      messages: unknown;
    };
    if (answer.ids === false) throw new Error(`Odoo refuses rows of ${model}: ${JSON.stringify(answer.messages)}`);
    return answer.ids;
  }

  close(): void {
    this.#odoo.close();
  }
}
