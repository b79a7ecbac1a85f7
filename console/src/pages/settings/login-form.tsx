import { Button, Group, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { Answer } from '../../api/client.ts';
import { useDo } from '../../api/hooks.ts';
import { useFormats, useText } from '../../i18n/context.tsx';
import { useNotify } from '../../ui/notify.ts';
import { ProblemNote } from '../../ui/states.tsx';
import { LoginFields } from './login-fields.tsx';

interface LoginFormProps {
  login: Answer<'getSettings'>['login'];
  canChange: boolean;
  onSaved?: () => void;
}

/** The user and the password or API key of Odoo; what is kept is never read back. */
export function LoginForm({ login, canChange, onSaved }: LoginFormProps) {
  const t = useText();
  const notify = useNotify();
  const { moment } = useFormats();
  const [user, setUser] = useState(login.user ?? '');
  const [password, setPassword] = useState('');
  const save = useDo('setOdooLogin', ['getSettings', 'readHealth', 'listFailureCauses']);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(
          { body: { user: user.trim(), password } },
          {
            onSuccess() {
              setPassword('');
              notify.done(t('login.saved'));
              onSaved?.();
            },
          },
        );
      }}
    >
      <Stack>
        <Text size="sm" c="dimmed">
          {login.isSet
            ? t('login.isSet', { user: login.user ?? '', time: login.setAt === null ? '' : moment(login.setAt) })
            : t('login.isNotSet')}
        </Text>
        {canChange && (
          <>
            <LoginFields user={user} password={password} onUser={setUser} onPassword={setPassword} required />
            {save.isError && <ProblemNote error={save.error} />}
            <Group>
              <Button type="submit" loading={save.isPending} disabled={user.trim() === '' || password === ''}>
                {t('login.save')}
              </Button>
            </Group>
          </>
        )}
      </Stack>
    </form>
  );
}
