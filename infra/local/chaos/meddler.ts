/** Somebody works in Odoo meanwhile: edits and deletes what the connector is about to write. */
import { ConnectorError } from '../../../lib/errors/index.ts';
import type { Odoo, OdooRecord } from '../../../lib/odoo/client.ts';
import { NEW_TELEPHONE } from '../store/changes.ts';
import type { Random } from '../store/random.ts';
import type { DemoStore } from '../store/store.ts';

/** Whatever the meddler did the store then changes too: in the end Odoo must hold what the store has. */
export class Meddler {
  /** Records, as `entity/id`, that were deleted or edited in Odoo. */
  readonly touched = new Set<string>();
  edits = 0;
  deletions = 0;
  readonly #odoo: Odoo;
  readonly #store: DemoStore;
  readonly #connection: string;

  constructor(odoo: Odoo, store: DemoStore, connection: string) {
    this.#odoo = odoo;
    this.#store = store;
    this.#connection = connection;
  }

  async act(random: Random): Promise<void> {
    const what = random.pick(['edit customer', 'delete customer', 'delete order'] as const);
    try {
      if (what === 'delete order') await this.#deleteOrder(random);
      else await this.#customer(random, what === 'delete customer');
    } catch (error) {
      // Odoo is being restarted, or does not let it happen: somebody at a desk would shrug, too.
      if (!(error instanceof ConnectorError)) throw error;
    }
  }

  async #customer(random: Random, remove: boolean): Promise<void> {
    const customer = random.pick(this.#store.customers);
    const email = customer.snapshot.email.toLowerCase();
    const [contact] = await this.#odoo.searchRead(
      'res.partner',
      [
        ['email_normalized', '=', email],
        ['type', '=', 'contact'],
      ],
      ['id'],
    );
    if (contact === undefined) return;
    this.touched.add(`customer/${customer.customerId}`);
    try {
      if (remove) await this.#delete('res.partner', contact);
      else await this.#edit('res.partner', contact, { name: 'Somebody Else', phone: '+00 000' });
    } finally {
      // Whether it happened is not known if the answer was lost.
      // What the store changes it writes whole; where only addresses change, Odoo's own edit of the contact stays.
      await this.#store.editCustomer(customer.customerId, NEW_TELEPHONE);
    }
  }

  /** A quotation that was cancelled: Odoo lets nobody delete other orders. */
  async #deleteOrder(random: Random): Promise<void> {
    const origin: string = `OpenCart ${this.#connection} #`;
    const domain = [
      ['origin', '=like', `${origin}%`],
      ['state', '=', 'draft'],
    ] as const;
    const drafts = await this.#odoo.searchRead('sale.order', domain, ['origin'], { limit: 20, order: 'id desc' });
    if (drafts.length === 0) return;
    const draft = random.pick(drafts);
    const orderId = String(draft.origin).slice(origin.length);
    this.touched.add(`order/${orderId}`);
    try {
      await this.#delete('sale.order', draft);
    } finally {
      await this.#store.commentOrder(orderId, `Looked at again, ${random.int(1, 1_000_000)}`);
    }
  }

  async #edit(model: string, { id }: OdooRecord, values: Record<string, string>): Promise<void> {
    await this.#odoo.call(model, 'write', [[id], values]);
    this.edits += 1;
  }

  async #delete(model: string, { id }: OdooRecord): Promise<void> {
    await this.#odoo.call(model, 'unlink', [[id]]);
    this.deletions += 1;
  }
}
