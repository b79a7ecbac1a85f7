/** The fix of a cause, where there is one in this console: map what is missing, or the setting that is wrong. */
import { Button } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import { type TextKey, useText } from '../../i18n/context.tsx';
import { isRecordEntity } from '../../layout/nav.ts';
import { Icon } from '../../ui/icons.tsx';
import { MapDialog } from '../records/map-dialog.tsx';
import { recordPath } from '../records/states.ts';
import type { Cause } from './cause-card.tsx';

/** Mended by saying which Odoo record the subject is. */
const mapped = new Set([
  ...['TAX_UNMAPPED', 'CURRENCY_UNMAPPED', 'CARRIER_UNMAPPED', 'PAYMENT_UNMAPPED'],
  ...['MATCH_REPORTED', 'MAPPING_MISSING', 'SNAPSHOT_MISSING', 'NEED_REFUSED'],
]);

/** Mended on a page of the settings. */
const pages: Readonly<Record<string, readonly [string, TextKey]>> = {
  ODOO_AUTH: ['/settings?tab=odoo', 'fix.login'],
  CONNECTION_UNCONFIGURED: ['/setup', 'fix.setup'],
  ODOO_DATABASE: ['/settings?tab=odoo', 'fix.odoo'],
  ODOO_UNREACHABLE: ['/settings?tab=odoo', 'fix.odoo'],
  ODOO_ACCESS: ['/settings?tab=odoo', 'fix.test'],
  ODOO_MODEL_UNKNOWN: ['/settings?tab=odoo', 'fix.test'],
  ODOO_FIELD_UNKNOWN: ['/settings?tab=odoo', 'fix.test'],
  ODOO_RATE_LIMITED: ['/settings?tab=odoo', 'fix.pace'],
  EXPORT_UNCONFIGURED: ['/settings?tab=timing', 'fix.export'],
  STORE_REFUSED: ['/setup', 'fix.setup'],
  WAREHOUSE_MISSING: ['/settings?tab=records', 'fix.warehouse'],
  CURRENCY_RATE_UNKNOWN: ['/settings?tab=records', 'fix.rates'],
  SWEEP_SUSPICIOUS: ['/runs?state=failed', 'fix.runs'],
  ORDER_NOT_INVOICEABLE: ['/order-status', 'fix.status'],
};

export function FixButton({ cause }: { cause: Cause }) {
  const t = useText();
  const [isMapping, setMapping] = useState(false);
  const subject = subjectOf(cause);
  if (subject !== undefined && mapped.has(cause.code) && isRecordEntity(subject.entity)) {
    return (
      <>
        <Button leftSection={<Icon name="link" />} onClick={() => setMapping(true)}>
          {t('fix.map', { what: t(`entity.${subject.entity}.one`) })}
        </Button>
        {isMapping && <MapDialog target={subject} onClose={() => setMapping(false)} />}
      </>
    );
  }
  if (cause.code === 'TOTAL_MISMATCH' && subject !== undefined) {
    return (
      <Button component={Link} href={recordPath(subject.entity, subject.recordId)}>
        {t('fix.reconcile')}
      </Button>
    );
  }
  const page = pages[cause.code];
  if (page === undefined) return null;
  return (
    <Button component={Link} href={page[0]}>
      {t(page[1])}
    </Button>
  );
}

function subjectOf({ subject }: Cause): { entity: string; recordId: string } | undefined {
  const slash = subject?.indexOf('/') ?? -1;
  if (subject === null || slash < 0) return undefined;
  return { entity: subject.slice(0, slash), recordId: subject.slice(slash + 1) };
}
