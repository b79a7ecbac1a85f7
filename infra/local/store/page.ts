/** The demo store's own page: what waits in its outbox, and buttons that make something happen. */
import type { OrderSnapshot } from '../../../lib/opencart/snapshots.ts';
import { paidTotal } from './totals.ts';

export interface PageState {
  orders: readonly OrderSnapshot[];
  /** Events that wait in the outbox. */
  waiting: number;
  refused: number;
  /** Why the last delivery failed, if it did. */
  problem: string | undefined;
}

const LATEST = 15;

export function page({ orders, waiting, refused, problem }: PageState): string {
  const rows = orders.slice(-LATEST).reverse().map(orderRow).join('\n');
  const trouble =
    problem === undefined ? '' : `<p class="trouble">The last delivery failed: ${escapeHtml(problem)}</p>`;
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Demo store</title>
<style>
  body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 44rem; padding: 0 1rem; }
  form { display: inline-block; margin: 0 .5rem .5rem 0; }
  button { font: inherit; padding: .3rem .8rem; }
  table { border-collapse: collapse; width: 100%; }
  th, td { border-bottom: 1px solid #ccc; padding: .25rem .5rem; text-align: left; }
  td.amount { text-align: right; font-variant-numeric: tabular-nums; }
  .trouble { color: #a00; }
</style>
<h1>Demo store</h1>
<form method="post" action="/orders?count=1"><button>Place an order</button></form>
<form method="post" action="/orders?count=10"><button>Place ten orders</button></form>
<form method="post" action="/changes"><button>Change a customer and a product</button></form>
<p>Outbox: ${waiting} waiting, ${refused} refused. ${orders.length} orders so far. <a href="/">Reload</a></p>
${trouble}
<table>
<tr><th>Order</th><th>Customer</th><th>Status</th><th>Total</th></tr>
${rows}
</table>
</html>
`;
}

function orderRow(order: OrderSnapshot): string {
  const { orderId, customer, statusName, totals, currencyValue, currencyDecimals, currencyCode } = order;
  const name = escapeHtml(`${customer.firstName} ${customer.lastName}`);
  const total = `${paidTotal(totals, currencyValue, currencyDecimals)} ${currencyCode}`;
  return `<tr><td>${escapeHtml(orderId)}</td><td>${name}</td><td>${statusName}</td><td class="amount">${total}</td></tr>`;
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escapeHtml = (text: string): string =>
  text.replaceAll(/[&<>"]/g, (character) => entities[character] ?? character);
