import { NumberInput, Stack, Switch, TextInput } from '@mantine/core';
import { useText } from '../../i18n/context.tsx';
import { useEntityName } from '../../ui/entity-name.ts';
import { useSettingsForm } from './form.tsx';
import { Schedules } from './schedules.tsx';
import { Fields, Section } from './section.tsx';

/** When records are synchronized: as they change, and by schedule. */
export function TimingTab() {
  const t = useText();
  const entityName = useEntityName();
  const { values, answer, canChange, set, setEntry, errorAt } = useSettingsForm();
  const realtime = answer.choices.entities.filter((entity) => entity.realtime);
  return (
    <Stack gap="lg">
      <Section title={t('timing.realtime')} lead={t('timing.realtimeLead')}>
        <Fields>
          {realtime.map(({ name }) => (
            <Switch
              key={name}
              label={entityName(name, 'many')}
              description={name === 'order' || name === 'order-status' ? t(`timing.${name}.hint`) : undefined}
              checked={values.realtime[name] !== false}
              onChange={({ currentTarget }) => setEntry('realtime', name, currentTarget.checked ? null : false)}
              disabled={!canChange}
            />
          ))}
        </Fields>
      </Section>
      <Section title={t('timing.schedules')} lead={t('timing.schedulesLead')}>
        <Schedules />
      </Section>
      <Section title={t('timing.bulk')}>
        <Fields>
          <TextInput
            label={t('timing.exportUrl')}
            description={t('timing.exportUrlHint')}
            type="url"
            value={values.exportUrl ?? ''}
            onChange={({ currentTarget }) => set('exportUrl', currentTarget.value === '' ? null : currentTarget.value)}
            error={errorAt('exportUrl')}
            disabled={!canChange}
          />
          <NumberInput
            label={t('timing.bulkLimit')}
            description={t('timing.bulkLimitHint')}
            value={values.bulkLimit}
            onChange={(value) => set('bulkLimit', value === '' ? undefined : Number(value))}
            min={1}
            max={500}
            error={errorAt('bulkLimit')}
            disabled={!canChange}
          />
          <NumberInput
            label={t('timing.flush')}
            description={t('timing.flushHint')}
            value={values.flushMinutes}
            onChange={(value) => set('flushMinutes', value === '' ? undefined : Number(value))}
            min={0}
            max={1_440}
            error={errorAt('flushMinutes')}
            disabled={!canChange}
          />
          <NumberInput
            label={t('timing.retention')}
            description={t('timing.retentionHint')}
            value={values.logRetentionDays}
            onChange={(value) => set('logRetentionDays', value === '' ? undefined : Number(value))}
            min={1}
            max={3_650}
            error={errorAt('logRetentionDays')}
            disabled={!canChange}
          />
        </Fields>
      </Section>
    </Stack>
  );
}
