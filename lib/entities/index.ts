export const queuedEntities = [{ name: 'customer' }, { name: 'product' }, { name: 'order' }] as const;
