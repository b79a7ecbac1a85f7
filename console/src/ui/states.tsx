/** What stands in the place of what is not there: loading, nothing, an error, no permission. */
import { Alert, Button, Card, Group, List, Loader, Skeleton, Stack, Text, ThemeIcon } from '@mantine/core';
import type { ReactNode } from 'react';
import { asProblem } from '../api/problem.ts';
import { useText } from '../i18n/context.tsx';
import { useErrorText } from '../i18n/errors.ts';
import { Icon, type IconName } from './icons.tsx';

export function Loading({ rows = 6 }: { rows?: number }) {
  const t = useText();
  return (
    <Stack gap="xs" role="status" aria-label={t('state.loading')}>
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: they are all alike
        <Skeleton key={index} height={38} radius="md" />
      ))}
    </Stack>
  );
}

export function Busy({ label }: { label: string }) {
  return (
    <Group role="status" gap="sm">
      <Loader size="sm" aria-hidden />
      <Text>{label}</Text>
    </Group>
  );
}

export function Empty({
  icon,
  title,
  children,
  action,
}: {
  icon: IconName;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}) {
  return (
    <Card withBorder padding="xl">
      <Stack align="center" gap="sm" py="lg">
        <ThemeIcon size={52} radius="xl" variant="light" aria-hidden>
          <Icon name={icon} size={26} />
        </ThemeIcon>
        <Text fw={600} ta="center">
          {title}
        </Text>
        {children !== undefined && (
          <Text c="dimmed" ta="center" maw="52ch">
            {children}
          </Text>
        )}
        {action}
      </Stack>
    </Card>
  );
}

/** An error with its cause and its remedy; `retry` asks once more. */
export function ProblemNote({ error, retry }: { error: unknown; retry?: () => void }) {
  const t = useText();
  const errorText = useErrorText();
  const { code, detail, errors = [] } = asProblem(error);
  const { title, remedy } = errorText(code);
  return (
    <Alert color="red" icon={<Icon name="failure" />} title={title} role="alert">
      <Stack gap="xs" align="flex-start">
        {detail !== '' && detail !== title && <Text size="sm">{detail}</Text>}
        {errors.length > 0 && (
          <List size="sm">
            {errors.map(({ path, reason }) => (
              <List.Item key={path + reason}>
                <code>{path}</code>: {reason}
              </List.Item>
            ))}
          </List>
        )}
        {remedy !== '' && (
          <Text size="sm">
            <strong>{t('error.remedy')}</strong> {remedy}
          </Text>
        )}
        <Group gap="sm">
          {retry !== undefined && (
            <Button size="xs" variant="default" onClick={retry}>
              {t('action.retry')}
            </Button>
          )}
          <Text size="xs" c="dimmed">
            <code>{code}</code>
          </Text>
        </Group>
      </Stack>
    </Alert>
  );
}

/** For what only managers may do. */
export function NoPermission() {
  const t = useText();
  return (
    <Empty icon="lock" title={t('state.noPermission')}>
      {t('state.noPermissionWhy')}
    </Empty>
  );
}
