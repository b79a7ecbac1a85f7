import { Button, Card, Group, Progress, Select, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { Answer } from '../../api/client.ts';
import { useAsk, useDo } from '../../api/hooks.ts';
import { useFormats, useText } from '../../i18n/context.tsx';
import { recordEntities } from '../../layout/nav.ts';
import { useEntityName } from '../../ui/entity-name.ts';
import { Icon } from '../../ui/icons.tsx';
import { useNotify } from '../../ui/notify.ts';
import { Empty, Loading, NoPermission, ProblemNote } from '../../ui/states.tsx';
import { useSettingsForm } from './form.tsx';
import { ResetDialog } from './reset-dialog.tsx';
import { Section } from './section.tsx';

type Reset = Answer<'listMappingResets'>['resets'][number];

/** Forgets which record is which, after a look at how many they are; for 30 days it can be undone, and so can imports. */
export function ResetTab() {
  const t = useText();
  const entityName = useEntityName();
  const { canChange } = useSettingsForm();
  const [scope, setScope] = useState('customer');
  const [isAsking, setAsking] = useState(false);
  const resets = useAsk('listMappingResets', {});
  return (
    <Stack gap="lg">
      <Section title={t('reset.title')} lead={t('reset.lead')}>
        {canChange ? (
          <Group align="flex-end">
            <Select
              label={t('reset.what')}
              data={[...recordEntities, 'all'].map((value) => ({ value, label: entityName(value, 'many') }))}
              value={scope}
              onChange={(value) => setScope(value ?? 'customer')}
              allowDeselect={false}
            />
            <Button color="red" variant="light" leftSection={<Icon name="eye" />} onClick={() => setAsking(true)}>
              {t('reset.look')}
            </Button>
          </Group>
        ) : (
          <NoPermission />
        )}
      </Section>
      <Section title={t('reset.former')} lead={t('reset.formerLead')}>
        {resets.isPending && <Loading rows={2} />}
        {resets.isError && <ProblemNote error={resets.error} retry={() => void resets.refetch()} />}
        {resets.data?.resets.length === 0 && <Empty icon="undo" title={t('reset.none')} />}
        {resets.data?.resets.map((reset) => (
          <ResetCard key={reset.id} reset={reset} canUndo={canChange} />
        ))}
      </Section>
      {isAsking && <ResetDialog scope={scope} onClose={() => setAsking(false)} />}
    </Stack>
  );
}

function ResetCard({ reset, canUndo }: { reset: Reset; canUndo: boolean }) {
  const t = useText();
  const restore = useDo('undoMappingReset', ['listMappings', 'listMappingResets']);
  const notify = useNotify();
  const entityName = useEntityName();
  const { moment, day, number } = useFormats();
  const [shown, setShown] = useState<Reset>();
  const [isBusy, setBusy] = useState(false);
  const { id, kind, scope, counts, by, startedAt, expiresAt, state, done, of, kept } = shown ?? reset;
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const undo = async () => {
    setBusy(true);
    try {
      // A call does as much as it has time for; it goes on where it stopped.
      for (let next: Reset | undefined; next?.state !== 'restored'; ) {
        next = await restore.mutateAsync({ params: { id } });
        setShown(next);
      }
      notify.done(t('reset.undone', { n: total, count: number(total) }));
    } catch (error) {
      notify.failed(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Card withBorder padding="md">
      <Group justify="space-between" align="flex-start">
        <Stack gap={4}>
          <Text fw={600}>
            {t(`reset.kind.${kind}`, { what: entityName(scope, 'many') })},{' '}
            {t('reset.count', { n: total, count: number(total) })}
          </Text>
          <Text size="sm" c="dimmed">
            {t('reset.by', { who: by, time: moment(startedAt) })}
          </Text>
          <Text size="sm">
            {t(`reset.state.${state}`, { day: day(expiresAt) })}
            {kept > 0 && ` ${t('reset.kept', { n: kept, count: number(kept) })}`}
          </Text>
          {isBusy && <Progress value={(done / Math.max(of, 1)) * 100} aria-label={t('reset.undo')} />}
        </Stack>
        {canUndo && state !== 'restored' && (
          <Button
            variant="default"
            size="xs"
            leftSection={<Icon name="undo" size={15} />}
            loading={isBusy}
            onClick={() => void undo()}
          >
            {t('reset.undo')}
          </Button>
        )}
      </Group>
    </Card>
  );
}
