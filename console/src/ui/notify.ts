import { notifications } from '@mantine/notifications';
import { asProblem } from '../api/problem.ts';
import { useText } from '../i18n/context.tsx';
import { useErrorText } from '../i18n/errors.ts';

/** Short messages in the corner, for what was done and what was not. */
export function useNotify() {
  const t = useText();
  const errorText = useErrorText();
  const closeButtonProps = { 'aria-label': t('action.close') };
  return {
    done(message: string) {
      notifications.show({ message, color: 'green', role: 'status', closeButtonProps });
    },
    failed(error: unknown) {
      const { code, detail, errors = [] } = asProblem(error);
      const { title, remedy } = errorText(code);
      const reasons = errors.map(({ path, reason }) => `${path}: ${reason}`);
      const message = [detail === title ? '' : detail, ...reasons, remedy].filter(Boolean).join(' ');
      notifications.show({ title, message, color: 'red', role: 'alert', autoClose: 15_000, closeButtonProps });
    },
  };
}
