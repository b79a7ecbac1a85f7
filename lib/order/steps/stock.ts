import type { OrderSnapshot } from '../../opencart/snapshots.ts';
import type { Step } from '../../sync/declare.ts';
import { wants } from './wanted.ts';

/** What the next steps promise to somebody, or to nobody any more, is counted again. */
export const noteStock: Step<OrderSnapshot> = {
  name: 'note-stock',
  due: ({ odoo, written, snapshot }, context) => {
    if (context.settings.stockPolicy === 'never') return false;
    if (odoo.state === 'sale') return written || wants('CANCEL', snapshot, context);
    return wants('CONFIRM', snapshot, context);
  },
  run: async (orders, { context }) =>
    context.recountLater?.(orders.flatMap(({ snapshot }) => snapshot.lines.map(({ productId }) => productId))),
};
