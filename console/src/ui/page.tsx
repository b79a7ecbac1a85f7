/** The head of every page, and the document's title. */
import { Anchor, Group, Stack, Text, Title } from '@mantine/core';
import { type ReactNode, useEffect, useRef } from 'react';
import { Link } from 'wouter';
import { Icon } from './icons.tsx';
import classes from './page.module.css';

export interface PageProps {
  title: string;
  /** What the page is for, in one sentence. */
  lead?: ReactNode;
  /** Where it belongs to. */
  back?: { href: string; label: string };
  actions?: ReactNode;
  children: ReactNode;
}

export function Page({ title, lead, back, actions, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · OpenCart → Odoo`;
  }, [title]);
  // Who navigates by keyboard or ear begins at the top of the new page.
  useEffect(() => {
    if (document.activeElement === document.body || document.activeElement?.closest('nav')) heading.current?.focus();
  }, []);
  return (
    <Stack gap="lg">
      <div className={classes.head}>
        <div className={classes.words}>
          {back !== undefined && (
            <Anchor component={Link} href={back.href} size="sm" className={classes.back}>
              <Icon name="back" size={14} /> {back.label}
            </Anchor>
          )}
          <Title order={1} ref={heading} tabIndex={-1} className={classes.title}>
            {title}
          </Title>
          {lead !== undefined && (
            <Text c="dimmed" maw="70ch">
              {lead}
            </Text>
          )}
        </div>
        {actions !== undefined && (
          <Group gap="xs" className={classes.actions}>
            {actions}
          </Group>
        )}
      </div>
      {children}
    </Stack>
  );
}
