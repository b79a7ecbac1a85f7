import { NativeSelect, NumberInput, Stack, Switch, TextInput } from '@mantine/core';
import { useText } from '../../i18n/context.tsx';
import { ConnectionTest } from './connection-test.tsx';
import { useSettingsForm } from './form.tsx';
import { LoginForm } from './login-form.tsx';
import { Fields, Section } from './section.tsx';

/** Where Odoo is, who the connector is there, and whether it works. */
export function OdooTab() {
  const t = useText();
  const { values, answer, canChange } = useSettingsForm();
  return (
    <Stack gap="lg">
      <Section title={t('settings.odoo')} lead={t('settings.odooLead')}>
        <OdooFields />
      </Section>
      <Section title={t('settings.login')} lead={t('settings.loginLead')}>
        <LoginForm login={answer.login} canChange={canChange} />
      </Section>
      {canChange && (
        <Section title={t('test.title')} lead={t('test.lead')}>
          <ConnectionTest odooUrl={values.odooUrl} odooDatabase={values.odooDatabase} />
        </Section>
      )}
    </Stack>
  );
}

const callsAtOnce = [1, 2] as const;
const transports = ['auto', 'json2', 'xmlrpc'] as const;

/** Address, database, pace and transport. */
export function OdooFields() {
  const t = useText();
  const { values, answer, canChange, set, errorAt } = useSettingsForm();
  return (
    <Fields>
      <TextInput
        label={t('settings.odooUrl')}
        description={t('settings.odooUrlHint')}
        placeholder="https://example.odoo.com"
        type="url"
        value={values.odooUrl ?? ''}
        onChange={({ currentTarget }) => set('odooUrl', currentTarget.value)}
        error={errorAt('odooUrl')}
        disabled={!canChange}
        required
      />
      <TextInput
        label={t('settings.odooDatabase')}
        description={t('settings.odooDatabaseHint')}
        value={values.odooDatabase ?? ''}
        onChange={({ currentTarget }) => set('odooDatabase', currentTarget.value)}
        error={errorAt('odooDatabase')}
        disabled={!canChange}
        required
      />
      <NumberInput
        label={t('settings.pace')}
        description={t('settings.paceHint', { n: answer.minIntervalMs ?? 0 })}
        value={values.minIntervalMs ?? ''}
        onChange={(value) => set('minIntervalMs', value === '' ? null : Number(value))}
        min={0}
        max={60_000}
        step={100}
        suffix=" ms"
        error={errorAt('minIntervalMs')}
        disabled={!canChange}
        clampBehavior="blur"
      />
      <NativeSelect
        label={t('settings.callsAtOnce')}
        description={t('settings.callsAtOnceHint')}
        data={callsAtOnce.map((n) => ({ value: String(n), label: t(`settings.callsAtOnce.${n}`) }))}
        value={String(values.callsAtOnce ?? 1)}
        onChange={({ currentTarget }) => set('callsAtOnce', Number(currentTarget.value))}
        error={errorAt('callsAtOnce')}
        disabled={!canChange}
      />
      <NativeSelect
        label={t('settings.transport')}
        description={t('settings.transportHint')}
        data={transports.map((value) => ({ value, label: t(`settings.transport.${value}`) }))}
        value={values.transport ?? 'auto'}
        onChange={({ currentTarget }) => set('transport', currentTarget.value as (typeof transports)[number])}
        error={errorAt('transport')}
        disabled={!canChange}
      />
      <Switch
        label={t('settings.chatter')}
        description={t('settings.chatterHint')}
        checked={values.chatter}
        onChange={({ currentTarget }) => set('chatter', currentTarget.checked)}
        disabled={!canChange}
      />
    </Fields>
  );
}
