import { ActionIcon, Menu, Text, useMantineColorScheme } from '@mantine/core';
import { languages, useFormats, useLocaleSwitch, useText } from '../i18n/context.tsx';
import { isEmbedded } from '../session/embed.ts';
import { useSession } from '../session/session.tsx';
import { Icon } from '../ui/icons.tsx';
import classes from './shell.module.css';

/** Language, light or dark, and who is here. In a frame the store's admin decides on the first two at the start. */
export function Preferences() {
  const t = useText();
  const { moment } = useFormats();
  const { language, setLocale } = useLocaleSwitch();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { user, role, expiresAt, signOut } = useSession();
  const mark = (isChosen: boolean) => (isChosen ? <Icon name="check" size={15} /> : <span className={classes.gap} />);
  return (
    <div className={classes.preferences}>
      {role === 'viewer' && (
        <span className={classes.viewer}>
          <Icon name="eye" size={16} /> {t('session.viewer')}
        </span>
      )}
      <Menu position="bottom-end" width={230} shadow="md">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('preferences.open')}>
            <Icon name="person" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>
            <Text size="sm" fw={600} truncate>
              {user}
            </Text>
            <Text size="xs">{t(`role.${role}`)}</Text>
            <Text size="xs">{t('session.until', { time: moment(new Date(expiresAt).toISOString()) })}</Text>
          </Menu.Label>
          <Menu.Divider />
          <Menu.Label>{t('preferences.language')}</Menu.Label>
          {Object.entries(languages).map(([code, name]) => (
            <Menu.Item key={code} leftSection={mark(code === language)} onClick={() => setLocale(code)} lang={code}>
              {name}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Label>{t('preferences.scheme')}</Menu.Label>
          {(['auto', 'light', 'dark'] as const).map((scheme) => (
            <Menu.Item key={scheme} leftSection={mark(scheme === colorScheme)} onClick={() => setColorScheme(scheme)}>
              {t(`scheme.${scheme}`)}
            </Menu.Item>
          ))}
          {!isEmbedded && (
            <>
              <Menu.Divider />
              <Menu.Item onClick={signOut}>{t('session.signOut')}</Menu.Item>
            </>
          )}
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
