/** The proof that Odoo's order comes to what the shopper paid: each row of the store beside what it became. */
import { Card, Group, Stack, Text, Title } from '@mantine/core';
import { useFormats, useText } from '../../i18n/context.tsx';
import { Badge } from '../../ui/badge.tsx';
import classes from './reconciliation.module.css';

/** What the mapping of an order remembers; amounts as text in the order's currency. */
interface Reconciliation {
  currency: string;
  target: string;
  odooTotal: string;
  difference: string;
  limit: string;
  rows: readonly { code: string; title: string; store: string; odoo?: string; lines: readonly string[] }[];
}

export function reconciliationIn(details: Record<string, unknown> | null | undefined): Reconciliation | undefined {
  const found = details?.reconciliation as Reconciliation | undefined;
  return found !== undefined && Array.isArray(found.rows) ? found : undefined;
}

const isZero = (amount: string): boolean => /^-?0*(\.0*)?$/.test(amount);

/** Whether rounding explains the difference, compared as text so that no float comes near it. */
function isWithin({ difference, limit }: Reconciliation): boolean {
  const scaled = (text: string) => {
    const [whole = '0', part = ''] = text.replace('-', '').split('.');
    return BigInt(whole + part.padEnd(12, '0').slice(0, 12));
  };
  return scaled(difference) <= scaled(limit);
}

export function ReconciliationCard({ reconciliation }: { reconciliation: Reconciliation }) {
  const t = useText();
  const { money } = useFormats();
  const { currency, target, odooTotal, difference, rows } = reconciliation;
  const isClosed = isWithin(reconciliation);
  const show = (amount: string) => money(amount, currency);
  const positions = rows.filter(({ code }) => code !== 'total');
  return (
    <Card withBorder padding="lg">
      <Stack>
        <Group justify="space-between">
          <Title order={2} size="h4">
            {t('reconciliation.title')}
          </Title>
          <Badge tone={isClosed ? 'good' : 'bad'}>
            {t(isClosed ? 'reconciliation.equal' : 'reconciliation.differs')}
          </Badge>
        </Group>
        <Text c="dimmed" size="sm" maw="70ch">
          {t('reconciliation.explain')}
        </Text>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: on a narrow screen it is scrolled, by keyboard too */}
        <section className={classes.frame} tabIndex={0} aria-label={t('reconciliation.title')}>
          <table className={classes.table}>
            <thead>
              <tr>
                <th scope="col">{t('reconciliation.row')}</th>
                <th scope="col">{t('records.inStore')}</th>
                <th scope="col">{t('records.inOdoo')}</th>
              </tr>
            </thead>
            <tbody>
              {positions.map(({ code, title, store, odoo, lines }, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the rows of an order have no other identity
                <tr key={index}>
                  <th scope="row">
                    {title}
                    <Text size="xs" c="dimmed">
                      {code} ·{' '}
                      {t(lines.length === 0 ? 'reconciliation.noLine' : 'reconciliation.lines', { n: lines.length })}
                    </Text>
                  </th>
                  <td>{show(store)}</td>
                  <td>{odoo === undefined ? t('reconciliation.counted', { n: lines.length }) : show(odoo)}</td>
                </tr>
              ))}
            </tbody>
            <tfoot>
              <tr>
                <th scope="row">{t('reconciliation.before')}</th>
                <td>{show(target)}</td>
                <td>{show(odooTotal)}</td>
              </tr>
              {isClosed && !isZero(difference) && (
                <tr>
                  <th scope="row">{t('reconciliation.rounding')}</th>
                  <td />
                  <td>{show(difference)}</td>
                </tr>
              )}
              <tr className={classes.total}>
                <th scope="row">{t('reconciliation.total')}</th>
                <td>{show(target)}</td>
                <td>{show(isClosed ? target : odooTotal)}</td>
              </tr>
              <tr data-tone={isClosed ? 'good' : 'bad'}>
                <th scope="row">{t('reconciliation.difference')}</th>
                <td />
                <td>{show(isClosed ? '0' : difference)}</td>
              </tr>
            </tfoot>
          </table>
        </section>
        {!isClosed && <Text size="sm">{t('reconciliation.limit', { limit: show(reconciliation.limit) })}</Text>}
      </Stack>
    </Card>
  );
}
