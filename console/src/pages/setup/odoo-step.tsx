import { Button, Group, Stack } from '@mantine/core';
import { useState } from 'react';
import { useDo } from '../../api/hooks.ts';
import { useText } from '../../i18n/context.tsx';
import { ProblemNote } from '../../ui/states.tsx';
import { ConnectionTest } from '../settings/connection-test.tsx';
import { useSettingsForm } from '../settings/form.tsx';
import { LoginFields } from '../settings/login-fields.tsx';
import { OdooFields } from '../settings/odoo-tab.tsx';
import type { useSettings } from '../settings/use-settings-form.ts';

/** Address, database, user and key: tested, then saved together. */
export function OdooStep({ settings, onDone }: { settings: ReturnType<typeof useSettings>; onDone(): void }) {
  const t = useText();
  const { values, answer } = useSettingsForm();
  const [user, setUser] = useState(answer.login.user ?? '');
  const [password, setPassword] = useState('');
  const setLogin = useDo('setOdooLogin', ['getSettings', 'readHealth', 'listFailureCauses']);
  const [isSaving, setSaving] = useState(false);
  const [error, setError] = useState<unknown>();
  const hasLogin = answer.login.isSet || (user !== '' && password !== '');
  const save = async () => {
    setSaving(true);
    setError(undefined);
    try {
      if (settings.count > 0) await settings.save();
      if (password !== '') await setLogin.mutateAsync({ body: { user: user.trim(), password } });
      setPassword('');
      onDone();
    } catch (thrown) {
      setError(thrown);
    } finally {
      setSaving(false);
    }
  };
  return (
    <Stack>
      <OdooFields />
      <LoginFields
        user={user}
        password={password}
        onUser={setUser}
        onPassword={setPassword}
        placeholder={answer.login.isSet ? t('setup.keepKey') : ''}
      />
      <ConnectionTest
        odooUrl={values.odooUrl}
        odooDatabase={values.odooDatabase}
        {...(password === '' ? {} : { user: user.trim(), password })}
      />
      {error !== undefined && <ProblemNote error={error} />}
      <Group justify="flex-end">
        <Button
          onClick={() => void save()}
          loading={isSaving}
          disabled={values.odooUrl === '' || values.odooDatabase === '' || !hasLogin}
        >
          {t('setup.next')}
        </Button>
      </Group>
    </Stack>
  );
}
