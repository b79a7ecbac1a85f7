import { Button, Group, Modal, Stack } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useText } from '../i18n/context.tsx';
import { ProblemNote } from './states.tsx';

interface ConfirmProps {
  title: string;
  children: ReactNode;
  /** What the button says: what will be done. */
  action: string;
  isDangerous?: boolean;
  isReady?: boolean;
  onConfirm(): Promise<unknown>;
  onClose(): void;
}

/** Asks before something is done that cannot be taken back with one click; an error stays in the dialog. */
export function Confirm({
  title,
  children,
  action,
  isDangerous = false,
  isReady = true,
  onConfirm,
  onClose,
}: ConfirmProps) {
  const t = useText();
  const [error, setError] = useState<unknown>();
  const [isBusy, setBusy] = useState(false);
  const confirm = async () => {
    setBusy(true);
    setError(undefined);
    try {
      await onConfirm();
      onClose();
    } catch (thrown) {
      setError(thrown);
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('action.close') }}>
      <Stack>
        <div>{children}</div>
        {error !== undefined && <ProblemNote error={error} />}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('action.cancel')}
          </Button>
          <Button color={isDangerous ? 'red' : 'ink'} loading={isBusy} disabled={!isReady} onClick={confirm}>
            {action}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
