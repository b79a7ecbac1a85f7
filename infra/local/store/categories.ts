/** The demo store's departments: a small tree, the top ones named after the store so that several can share an Odoo. */
import { type CategorySnapshot, categorySnapshot, type ProductSnapshot } from '../../../lib/opencart/snapshots.ts';

type Row = readonly [id: string, name: string, german: string, parent?: CategoryId];
const rows = {
  home: ['20', 'Home', 'Wohnen'],
  desk: ['21', 'Desk', 'Schreibtisch', 'home'],
  kitchen: ['22', 'Kitchen', 'Küche', 'home'],
  tableware: ['23', 'Tableware', 'Geschirr', 'kitchen'],
  textiles: ['24', 'Textiles', 'Textilien', 'home'],
  reading: ['30', 'Books & Paper', 'Bücher & Papier'],
  books: ['31', 'Books', 'Bücher', 'reading'],
  paper: ['32', 'Paper', 'Papier', 'reading'],
  outdoors: ['40', 'Outdoors', 'Draußen'],
  workshop: ['41', 'Workshop', 'Werkstatt', 'outdoors'],
  gifts: ['50', 'Gifts', 'Geschenke'],
} as const;
export type CategoryId = keyof typeof rows;

export interface StoreCategory {
  categoryId: string;
  snapshot: CategorySnapshot;
}

export const categories = (suffix: string): StoreCategory[] =>
  (Object.keys(rows) as CategoryId[]).map((id) => category(id, suffix));

/** As a product carries them: its own first, then those above. */
export function shelvedIn(id: CategoryId, suffix: string): ProductSnapshot['categories'] {
  return [id, ...above(id).reverse()].map((one) => {
    const { categoryId, snapshot } = category(one, suffix);
    return { categoryId, ...snapshot };
  });
}

function category(id: CategoryId, suffix: string): StoreCategory {
  const ancestors = above(id).map((one) => ({ categoryId: rows[one][0], names: namesOf(one, suffix) }));
  const parent = ancestors.at(-1);
  const snapshot = categorySnapshot.parse({
    ...{ names: namesOf(id, suffix), ancestors },
    ...(parent === undefined ? {} : { parentId: parent.categoryId }),
  });
  return { categoryId: rows[id][0], snapshot };
}

/** From the top down. */
function above(id: CategoryId): CategoryId[] {
  const [, , , parent]: Row = rows[id];
  return parent === undefined ? [] : [...above(parent), parent];
}

function namesOf(id: CategoryId, suffix: string): CategorySnapshot['names'] {
  const [, name, german, parent]: Row = rows[id];
  const own = parent === undefined ? suffix : '';
  return [
    { languageCode: 'en-gb', name: `${name}${own}`, description: `<p>${name}.</p>` },
    { languageCode: 'de-de', name: `${german}${own}`, description: '' },
  ];
}
