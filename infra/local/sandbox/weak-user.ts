/** A user with next to no rights, as the one of the same name in the Odoo that the contract suites run against. */
export const WEAK = { user: 6, login: 'weak@example.com', password: 'weak' };

const UNREADABLE = new Set([
  ...['sale.order', 'sale.advance.payment.inv', 'account.journal', 'account.move', 'account.payment.register'],
  ...['delivery.carrier', 'stock.picking'],
]);

const verbs: Readonly<Record<string, string>> = { create: 'create', write: 'modify', unlink: 'delete', read: 'access' };

/** The text of the access error that stops the weak user, or undefined when it may. */
export function weakDenial(model: string, operation: string): string | undefined {
  if (operation === 'read' && !UNREADABLE.has(model)) return undefined;
  return `You are not allowed to ${verbs[operation]} '${model}' (${model}) records.\n\nContact your administrator to request access if necessary.`;
}
