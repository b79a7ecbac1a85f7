import { createHash } from 'node:crypto';

const SAFE = /^[A-Za-z0-9_]{1,64}$/;

/** External id of a record in Odoo, e.g. `opencart_main.order_12`; no dot, no space in its name part. */
export function externalId(connection: string, entity: string, identity: string): string {
  const name = SAFE.test(identity) ? identity : createHash('sha256').update(identity).digest('hex').slice(0, 32);
  return `opencart_${connection}.${entity.replaceAll('-', '_')}_${name}`;
}

export const childId = (parent: string, key: string): string => `${parent}_${key}`;
