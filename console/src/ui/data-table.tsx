/** A table that becomes a list of cards where the screen is narrow; rows can be selected. */
import { Checkbox } from '@mantine/core';
import type { ReactNode } from 'react';
import { useText } from '../i18n/context.tsx';
import classes from './data-table.module.css';

export interface Column<Row> {
  key: string;
  header: string;
  render: (row: Row) => ReactNode;
  /** `title` stands first and large on a phone; `end` is aligned to the right. */
  kind?: 'title' | 'actions' | 'end';
}

interface Selection {
  keys: ReadonlySet<string>;
  change(keys: ReadonlySet<string>): void;
}

interface DataTableProps<Row> {
  /** What the table shows, for who hears it. */
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf: (row: Row) => string;
  nameOf: (row: Row) => string;
  selection?: Selection | undefined;
}

// Shown as cards a table would lose its meaning for assistive technology: hence the roles.
export function DataTable<Row>({ label, columns, rows, keyOf, nameOf, selection }: DataTableProps<Row>) {
  const t = useText();
  const keys = rows.map(keyOf);
  const chosen = selection === undefined ? 0 : keys.filter((key) => selection.keys.has(key)).length;
  return (
    <div className={classes.frame}>
      {/* biome-ignore lint/a11y/noRedundantRoles: see above */}
      <table className={classes.table} aria-label={label} role="table">
        {/* biome-ignore lint/a11y/noRedundantRoles: see above */}
        <thead role="rowgroup">
          {/* biome-ignore lint/a11y/noRedundantRoles: see above */}
          <tr role="row">
            {selection !== undefined && (
              // biome-ignore lint/a11y/noRedundantRoles: see above
              <th scope="col" className={classes.select} role="columnheader">
                <Checkbox
                  aria-label={t('table.selectAll')}
                  checked={chosen > 0 && chosen === keys.length}
                  indeterminate={chosen > 0 && chosen < keys.length}
                  onChange={() => selection.change(new Set(chosen === keys.length ? [] : keys))}
                />
              </th>
            )}
            {columns.map(({ key, header, kind }) => (
              // biome-ignore lint/a11y/noRedundantRoles: see above
              <th key={key} scope="col" data-kind={kind} role="columnheader">
                {kind === 'actions' ? <span className={classes.hidden}>{header}</span> : header}
              </th>
            ))}
          </tr>
        </thead>
        {/* biome-ignore lint/a11y/noRedundantRoles: see above */}
        <tbody role="rowgroup">
          {rows.map((row) => (
            <Row key={keyOf(row)} id={keyOf(row)} {...{ row, columns, selection }} name={nameOf(row)} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface RowProps<Row> {
  id: string;
  row: Row;
  name: string;
  columns: readonly Column<Row>[];
  selection: Selection | undefined;
}

function Row<Row>({ id, row, name, columns, selection }: RowProps<Row>) {
  const t = useText();
  const isChosen = selection?.keys.has(id) === true;
  const toggle = () => {
    const keys = new Set(selection?.keys);
    if (!keys.delete(id)) keys.add(id);
    selection?.change(keys);
  };
  return (
    // biome-ignore lint/a11y/noRedundantRoles: see DataTable
    <tr data-chosen={isChosen || undefined} role="row">
      {selection !== undefined && (
        // biome-ignore lint/a11y/noRedundantRoles: see DataTable
        <td className={classes.select} role="cell">
          <Checkbox aria-label={t('table.select', { name })} checked={isChosen} onChange={toggle} />
        </td>
      )}
      {columns.map(({ key, header, render, kind }) => (
        // biome-ignore lint/a11y/noRedundantRoles: see DataTable
        <td key={key} data-kind={kind} data-label={header} role="cell">
          {render(row)}
        </td>
      ))}
    </tr>
  );
}
