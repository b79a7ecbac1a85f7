/** Ids as Odoo answers and takes them. */

/** The ids in a one2many or many2many as Odoo answers it. */
export const idsOf = (value: unknown): number[] => (Array.isArray(value) ? value.map(Number) : []);
/** The id in a many2one as Odoo answers it. */
export const idOf = (value: unknown): number | undefined => (Array.isArray(value) ? Number(value[0]) : undefined);
/** The id that `create` answers, alone or in a list, as an argument. */
export const oneId = (created: unknown): number[] => [created].flat().map(Number);
