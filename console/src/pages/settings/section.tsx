import { Card, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import classes from './settings.module.css';

interface SectionProps {
  title: string;
  lead?: string;
  children: ReactNode;
}

/** Settings that belong together. */
export function Section({ title, lead, children }: SectionProps) {
  return (
    <Card withBorder padding="lg" component="section">
      <Stack>
        <div>
          <Title order={2} size="h4">
            {title}
          </Title>
          {lead !== undefined && (
            <Text size="sm" c="dimmed" maw="75ch">
              {lead}
            </Text>
          )}
        </div>
        {children}
      </Stack>
    </Card>
  );
}

/** Fields side by side, as many as there is room for. */
export function Fields({ children }: { children: ReactNode }) {
  return <div className={classes.fields}>{children}</div>;
}
