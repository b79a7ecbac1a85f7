import { type TextKey, useText } from '../i18n/context.tsx';
import { en } from '../i18n/en.ts';

/** What an entity is called, one of it; what has no page of its own goes by its technical name. */
export function useEntityName(): (entity: string, form?: 'one' | 'many') => string {
  const t = useText();
  return (entity, form = 'one') => {
    const key = `entity.${entity}.${form}`;
    return Object.hasOwn(en, key) ? t(key as TextKey) : entity;
  };
}
