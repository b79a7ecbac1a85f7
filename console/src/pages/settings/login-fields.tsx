import { PasswordInput, TextInput } from '@mantine/core';
import { useText } from '../../i18n/context.tsx';
import { Fields } from './section.tsx';

interface LoginFieldsProps {
  user: string;
  password: string;
  onUser(user: string): void;
  onPassword(password: string): void;
  /** Both must be filled. */
  required?: boolean;
  /** In place of a password, where one is kept already. */
  placeholder?: string;
}

/** Who the connector is in Odoo: user and password or API key. */
export function LoginFields({ user, password, onUser, onPassword, required = false, placeholder }: LoginFieldsProps) {
  const t = useText();
  return (
    <Fields>
      <TextInput
        label={t('login.user')}
        description={t('login.userHint')}
        value={user}
        onChange={({ currentTarget }) => onUser(currentTarget.value)}
        autoComplete="off"
        maxLength={255}
        required={required}
      />
      <PasswordInput
        label={t('login.password')}
        description={t('login.passwordHint')}
        placeholder={placeholder ?? ''}
        value={password}
        onChange={({ currentTarget }) => onPassword(currentTarget.value)}
        visibilityToggleButtonProps={{ 'aria-label': t('login.show') }}
        autoComplete="new-password"
        maxLength={1_000}
        required={required}
      />
    </Fields>
  );
}
