import { ConnectorError } from '../errors/index.ts';
import type { AnyEntity, Registry } from '../sync/declare.ts';

/** @throws ConnectorError NOT_FOUND */
export function declared(registry: Registry, name: string): AnyEntity {
  const declaration = registry.find((one) => one.name === name);
  if (declaration === undefined) throw new ConnectorError('NOT_FOUND', `There is no entity "${name}".`);
  return declaration;
}

/** @throws ConnectorError NOT_FOUND, or VALUE_REFUSED where Odoo has no such records at all */
export function mappable(registry: Registry, name: string): AnyEntity {
  const declaration = declared(registry, name);
  if (declaration.model !== '') return declaration;
  const fields = [{ path: 'entity', reason: 'has no records in Odoo' }];
  throw new ConnectorError('VALUE_REFUSED', `Odoo has no records like a store’s ${name}.`, { fields });
}
