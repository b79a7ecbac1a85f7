/** The mappings of an entity as a file, and back. */
import { Button, FileButton, Menu, Text } from '@mantine/core';
import { useState } from 'react';
import { useApi, useDo } from '../../api/hooks.ts';
import { useText } from '../../i18n/context.tsx';
import type { RecordEntity } from '../../layout/nav.ts';
import { useSession } from '../../session/session.tsx';
import { Confirm } from '../../ui/confirm.tsx';
import { Icon } from '../../ui/icons.tsx';
import { useNotify } from '../../ui/notify.ts';
import { saveFile } from '../../ui/save-file.ts';

export function CsvMenu({ entity }: { entity: RecordEntity }) {
  const t = useText();
  const api = useApi();
  const notify = useNotify();
  const { isManager } = useSession();
  const [file, setFile] = useState<File | null>(null);
  const [isSaving, setSaving] = useState(false);
  const bring = useDo('importMappings', ['listMappings', 'listMappingResets', 'listFailureCauses', 'readHealth']);
  const save = async () => {
    setSaving(true);
    try {
      await saveFile(`${entity}-mappings.csv`, 'text/csv', (cursor) =>
        api.askFile('exportMappings', { params: { entity }, query: cursor === undefined ? {} : { cursor } }),
      );
    } catch (error) {
      notify.failed(error);
    } finally {
      setSaving(false);
    }
  };
  return (
    <FileButton onChange={setFile} accept="text/csv,.csv" inputProps={{ 'aria-label': t('csv.import') }}>
      {(input) => (
        <>
          <Menu position="bottom-end" shadow="md">
            <Menu.Target>
              <Button variant="default" loading={isSaving} leftSection={<Icon name="download" />}>
                {t('csv.button')}
              </Button>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item leftSection={<Icon name="download" size={16} />} onClick={() => void save()}>
                {t('csv.export')}
              </Menu.Item>
              {isManager && (
                <Menu.Item leftSection={<Icon name="upload" size={16} />} onClick={input.onClick}>
                  {t('csv.import')}
                </Menu.Item>
              )}
            </Menu.Dropdown>
          </Menu>
          {file !== null && (
            <Confirm
              title={t('csv.importTitle', { name: file.name })}
              action={t('csv.import')}
              onClose={() => setFile(null)}
              onConfirm={async () => {
                const answer = await bring.mutateAsync({ params: { entity }, body: { csv: await file.text() } });
                notify.done(
                  t('csv.imported', { mapped: answer.mapped, unchanged: answer.unchanged, skipped: answer.skipped }),
                );
              }}
            >
              <Text>{t('csv.importExplain')}</Text>
            </Confirm>
          )}
        </>
      )}
    </FileButton>
  );
}
