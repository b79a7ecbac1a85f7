import type { Orm } from './orm.ts';
import type { Row, Wire } from './types.ts';

/** `get_metadata()`: who made and changed records, and their external ids. */
export function metadata(orm: Orm, model: string, ids: number[]): Wire {
  return orm.rows(model, ids).map((row) => {
    const names = orm.externalIds.namesOf(model, row.id);
    const newestFirst = [...names].reverse().map((xmlid) => ({ xmlid, noupdate: false }));
    return {
      id: row.id,
      ...{ create_uid: userOf(orm, row, 'create_uid'), create_date: row.create_date ?? false },
      ...{ write_uid: userOf(orm, row, 'write_uid'), write_date: row.write_date ?? false },
      ...{ xmlid: names.at(-1) ?? false, noupdate: false, xmlids: newestFirst },
    };
  }) as Wire;
}

function userOf(orm: Orm, row: Row, field: string): Wire {
  const id = Number(row[field]);
  return id ? [id, orm.displayName('res.users', id)] : false;
}
