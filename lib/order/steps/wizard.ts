import { odooWorkerSeconds } from '../../environment.ts';
import { ConnectorError, type ErrorCode } from '../../errors/index.ts';
import type { Odoo, Value } from '../../odoo/client.ts';
import { oneId } from '../../odoo/ids.ts';

/**
 * Odoo's wizards that make a document whenever they are run, whether there is one already or not. That must not happen
 * twice, and an Odoo that gave no answer may still do what it was asked for: its worker goes on when the proxy has
 * given up, and a request that waits for a free worker is carried out though nobody waits for it any more.
 *
 * So a wizard that was left over is spoilt before another is made for the same: it then fails when it is run. Wizards
 * cannot be deleted by those who use them.
 */
interface Wizard {
  model: string;
  /** What runs it. */
  method: string;
  /** Where it says what it is for. */
  over: string;
  /** Without this it cannot be run; of other fields Odoo does not let go. */
  spoilt: Readonly<Record<string, Value>>;
}

export const wizards = {
  payments: {
    ...{ model: 'account.payment.register', method: 'action_create_payments', over: 'line_ids.move_id' },
    spoilt: { journal_id: false, payment_method_line_id: false },
  },
  reversals: {
    ...{ model: 'account.move.reversal', method: 'refund_moves', over: 'move_ids' },
    spoilt: { date: false },
  },
  returns: {
    ...{ model: 'stock.return.picking', method: 'action_create_returns', over: 'picking_id' },
    spoilt: { product_return_moves: [[5, 0, 0]] },
  },
} as const satisfies Record<string, Wizard>;

/** What leaves it open whether Odoo does what it was asked for. */
const OPEN: ReadonlySet<ErrorCode> = new Set(['ODOO_UNREACHABLE', 'ODOO_TIMEOUT', 'ODOO_UNAVAILABLE']);

export interface Run {
  /** Ids of what it is for. */
  over: readonly number[];
  values: Readonly<Record<string, Value>>;
  context?: Readonly<Record<string, Value>>;
}

/**
 * Makes a wizard and runs it, and sees to it that none of former tries is run any more.
 * @returns what Odoo wants to be shown next
 * @throws ConnectorError with `retryAfterSeconds` where Odoo may still be at it: until no worker can be
 */
export async function runWizard(odoo: Odoo, { model, method, over, spoilt }: Wizard, run: Run): Promise<unknown> {
  const left = (await odoo.call(model, 'search', [[[over, 'in', run.over]]])) as number[];
  if (left.length > 0) await odoo.call(model, 'write', [left, spoilt]);
  const wizard = await odoo.call(
    model,
    'create',
    [run.values],
    run.context === undefined ? {} : { context: run.context },
  );
  return notToBeRepeatedSoon(odoo.call(model, method, [oneId(wizard)]));
}

/** What must not come twice: who got no answer comes back when no worker can be at it any more. */
export async function notToBeRepeatedSoon<T>(work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof ConnectorError) || !OPEN.has(error.code)) throw error;
    throw error.but({ retryAfterSeconds: odooWorkerSeconds() });
  }
}
