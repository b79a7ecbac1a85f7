import { Anchor, Card, Stack, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import type { Answer } from '../../api/client.ts';
import { useText } from '../../i18n/context.tsx';
import { Badge } from '../../ui/badge.tsx';
import { useEntityName } from '../../ui/entity-name.ts';
import { Facts } from '../../ui/facts.tsx';
import { When } from '../../ui/when.tsx';
import { OdooRecord } from '../records/record-columns.tsx';
import { recordPath, stateTones } from '../records/states.ts';

type Mapping = Answer<'getMapping'>;

/** What a record is in Odoo, and how that came to be known. */
export function MappingCard({ mapping }: { mapping: Mapping }) {
  const t = useText();
  const { recordId, state, origin, model, syncedAt, aliases, parts, removed } = mapping;
  const facts: [string, ReactNode][] = [
    [
      t('records.state'),
      <Badge key="state" tone={stateTones[state]}>
        {t(`mapping.${state}`)}
      </Badge>,
    ],
    [t('record.number'), recordId],
    [t('records.inOdoo'), <OdooRecord key="odoo" row={mapping} />],
    [t('record.model'), model],
    [t('record.origin'), origin === null ? null : t(`origin.${origin}`)],
    [t('records.synced'), syncedAt === null ? t('records.never') : <When key="at" at={syncedAt} />],
    [t('record.removed'), removed === null ? null : t(`policy.${removed}.done`)],
    [t('record.aliases'), aliases.length === 0 ? null : aliases.join(', ')],
    [t('record.parts'), parts.length === 0 ? null : <Parts key="parts" parts={parts} />],
  ];
  return (
    <Card withBorder padding="lg">
      <Stack>
        <Title order={2} size="h4">
          {t('record.mapping')}
        </Title>
        <Facts facts={facts} />
      </Stack>
    </Card>
  );
}

const SHOWN = 20;

function Parts({ parts }: { parts: readonly string[] }) {
  const t = useText();
  const entityName = useEntityName();
  return (
    <Stack gap={2}>
      {parts.slice(0, SHOWN).map((part) => {
        const slash = part.indexOf('/');
        const [entity, recordId] = [part.slice(0, slash), part.slice(slash + 1)];
        return (
          <Anchor key={part} component={Link} href={recordPath(entity, recordId)} size="sm">
            {entityName(entity)} {recordId}
          </Anchor>
        );
      })}
      {parts.length > SHOWN && <span>{t('record.moreParts', { n: parts.length - SHOWN })}</span>}
    </Stack>
  );
}
