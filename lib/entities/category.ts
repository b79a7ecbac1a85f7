import { type CategorySnapshot, categorySnapshot } from '../opencart/snapshots.ts';
import { defineEntity, type Need, one, reference } from '../sync/declare.ts';

const nameOf = ({ names }: Pick<CategorySnapshot, 'names'>): string => names[0]?.name ?? '';

const parentOf = ({ parentId }: CategorySnapshot) =>
  parentId === undefined ? undefined : reference('category', parentId);

/** The parent as a record of its own, with what the snapshot says of it. */
function parentNeed({ parentId, ancestors }: CategorySnapshot): Need[] {
  if (parentId === undefined) return [];
  const depth = ancestors.findIndex(({ categoryId }) => categoryId === parentId);
  const parent = ancestors[depth];
  if (parent === undefined) return [{ entity: 'category', recordId: parentId }];
  const above = ancestors.slice(0, depth);
  const grandparent = above.at(-1)?.categoryId;
  const snapshot = {
    names: parent.names,
    ancestors: above,
    ...(grandparent === undefined ? {} : { parentId: grandparent }),
  };
  return [{ entity: 'category', recordId: parentId, snapshot }];
}

/** Record id: the store's category id. */
export const category = defineEntity({
  name: 'category',
  label: 'Category',
  model: 'product.category',
  source: 'events',
  snapshot: categorySnapshot,
  title: nameOf,
  needs: parentNeed,
  match: [
    {
      field: 'name',
      value: nameOf,
      reads: ['parent_id'],
      // The same name under another parent is another category.
      accept: (found, snapshot, { resolve }) => {
        const parent = parentOf(snapshot);
        const wanted = parent === undefined ? false : resolve(parent);
        return (Array.isArray(found.parent_id) ? found.parent_id[0] : false) === wanted;
      },
      archived: false,
    },
  ],
  // Odoo cannot archive a category, and its products would lose theirs.
  onDelete: 'keep',
  // The way up to the parent is the ancestors' own business.
  content: ({ names, parentId }) => ({ names, parentId }),
  fields: {
    name: nameOf,
    parent_id: (snapshot) => one(parentOf(snapshot)),
  },
});
