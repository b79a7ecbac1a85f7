import { notifications } from '@mantine/notifications';
import { useEffect } from 'react';
import { useText } from '../i18n/context.tsx';

/** Says in the corner that something waits for others, as long as it does. */
export function useWaitingNote(isWaiting: boolean): void {
  const t = useText();
  useEffect(() => {
    if (!isWaiting) return;
    const closeButtonProps = { 'aria-label': t('action.close') };
    const message = t('state.waits');
    const id = notifications.show({ message, loading: true, autoClose: false, role: 'status', closeButtonProps });
    return () => void notifications.hide(id);
  }, [isWaiting, t]);
}
