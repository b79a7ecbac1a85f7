import { Text } from '@mantine/core';
import { useDo } from '../../api/hooks.ts';
import { useText } from '../../i18n/context.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { useNotify } from '../../ui/notify.ts';
import type { MappingRow } from './states.ts';

type Unmapped = Pick<MappingRow, 'entity' | 'recordId' | 'title'>;

export function UnmapDialog({ row, onClose, onDone }: { row: Unmapped; onClose(): void; onDone?: () => void }) {
  const t = useText();
  const notify = useNotify();
  const { entity, recordId, title } = row;
  const name = title ?? recordId;
  const unmap = useDo('unmap', ['listMappings', 'getMapping', 'readTimeline']);
  return (
    <Confirm
      title={t('unmap.title', { name })}
      action={t('records.unmap')}
      onClose={onClose}
      onConfirm={async () => {
        await unmap.mutateAsync({ params: { entity, recordId } });
        notify.done(t('unmap.done', { name }));
        onDone?.();
      }}
    >
      <Text>{t('unmap.explain')}</Text>
    </Confirm>
  );
}
