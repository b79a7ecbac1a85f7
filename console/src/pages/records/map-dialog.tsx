/** Says which Odoo record a record of the store is. */
import { Anchor, Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'wouter';
import { useDo } from '../../api/hooks.ts';
import { asProblem } from '../../api/problem.ts';
import { useText } from '../../i18n/context.tsx';
import type { RecordEntity } from '../../layout/nav.ts';
import { useNotify } from '../../ui/notify.ts';
import { OdooPicker } from '../../ui/odoo-picker.tsx';
import { ProblemNote } from '../../ui/states.tsx';
import { recordIdTexts } from './record-id.ts';
import { type SnapshotInput, snapshotOf } from './snapshot.ts';
import { SnapshotFields } from './snapshot-fields.tsx';
import { recordPath } from './states.ts';

export interface MapTarget {
  entity: string;
  /** Absent: it is asked for. */
  recordId?: string;
  title?: string | null;
  odooId?: number | null;
}

const TOUCHES = [
  'listMappings',
  'getMapping',
  'readTimeline',
  'listFailureCauses',
  'listFailures',
  'readHealth',
] as const;

export function MapDialog({ target, onClose }: { target: MapTarget; onClose(): void }) {
  const t = useText();
  const notify = useNotify();
  const { entity } = target;
  const [recordId, setRecordId] = useState(target.recordId ?? '');
  const [odooId, setOdooId] = useState<number | null>(target.odooId ?? null);
  const [told, setTold] = useState<SnapshotInput>({});
  const save = useDo('mapByHand', TOUCHES);
  const problem = save.isError ? asProblem(save.error) : undefined;
  // What nothing is known of has to be told: the API names `snapshot` then.
  const mustTell = problem?.errors?.some(({ path }) => path.startsWith('snapshot')) === true;
  const taken = (problem?.current as { recordId?: string } | undefined)?.recordId;
  const name = target.title ?? recordId;
  const idTexts = recordIdTexts(entity);
  const submit = () => {
    if (odooId === null) return;
    const id = recordId.trim();
    const snapshot = snapshotOf(entity, id, told);
    save.mutate(
      {
        params: { entity, recordId: id },
        body: { odooId, ...(snapshot === undefined ? {} : { snapshot }) },
      },
      {
        onSuccess: ({ released }) => {
          notify.done(t(released > 0 ? 'map.doneReleased' : 'map.done', { name: name || recordId, n: released }));
          onClose();
        },
      },
    );
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('map.title', { entity: t(`entity.${entity as RecordEntity}.one`) })}
      closeButtonProps={{ 'aria-label': t('action.close') }}
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack>
          <Text size="sm" c="dimmed">
            {t('map.explain')}
          </Text>
          {target.recordId === undefined ? (
            <TextInput
              label={t(idTexts.label)}
              description={t(idTexts.hint)}
              value={recordId}
              onChange={({ currentTarget }) => setRecordId(currentTarget.value)}
              maxLength={512}
              required
            />
          ) : (
            <div>
              <Text size="sm" c="dimmed">
                {t('records.inStore')}
              </Text>
              <Text fw={600}>{name}</Text>
            </div>
          )}
          <OdooPicker kind={entity} label={t('map.odoo')} value={odooId} onChange={(id) => setOdooId(id)} />
          {(mustTell || Object.keys(told).length > 0) && (
            <SnapshotFields entity={entity} value={told} onChange={setTold} />
          )}
          {save.isError && <ProblemNote error={save.error} />}
          {taken !== undefined && (
            <Anchor component={Link} href={recordPath(entity, taken)} size="sm">
              {t('map.taken', { id: taken })}
            </Anchor>
          )}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {t('action.cancel')}
            </Button>
            <Button type="submit" disabled={odooId === null || recordId.trim() === ''} loading={save.isPending}>
              {t('map.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
