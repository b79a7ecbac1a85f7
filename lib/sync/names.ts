import { hash } from 'node:crypto';

const SAFE = /^[A-Za-z0-9_]{1,64}$/;

/**
 * External id of a record in Odoo, e.g. `opencart_main.order_12`; no dot, no space in its name part.
 * Where the identity says more than the record id, each identity is an Odoo record of its own.
 */
export function externalId(connection: string, entity: string, recordId: string, identity: string): string {
  const key = identity === recordId ? recordId : JSON.stringify([recordId, identity]);
  const name = SAFE.test(key) ? key : hash('sha256', key).slice(0, 32);
  return `opencart_${connection}.${entity.replaceAll('-', '_')}_${name}`;
}

export const childId = (parent: string, key: string): string => `${parent}_${key}`;
