/** Everything the connector can be told, in a merchant's words. */
import { Stack, Tabs, Text } from '@mantine/core';
import { useFormats, useText } from '../../i18n/context.tsx';
import { Page } from '../../ui/page.tsx';
import { Loading, ProblemNote } from '../../ui/states.tsx';
import { oneOf, useFilters } from '../../ui/use-filters.ts';
import { FormProvider } from './form.tsx';
import { HistoryTab } from './history-tab.tsx';
import { OdooTab } from './odoo-tab.tsx';
import { RecordsTab } from './records-tab.tsx';
import { ResetTab } from './reset-tab.tsx';
import { RulesTab } from './rules-tab.tsx';
import { SaveBar } from './save-bar.tsx';
import { TimingTab } from './timing-tab.tsx';
import { useSettings } from './use-settings-form.ts';

const tabs = {
  odoo: OdooTab,
  records: RecordsTab,
  rules: RulesTab,
  timing: TimingTab,
  history: HistoryTab,
  reset: ResetTab,
} as const;
type TabName = keyof typeof tabs;
const tabNames = Object.keys(tabs) as TabName[];

export default function Settings() {
  const t = useText();
  const { moment } = useFormats();
  const [filters, setFilters] = useFilters(['tab']);
  const tab = oneOf(tabNames, filters.tab) ?? 'odoo';
  const settings = useSettings();
  const { asked, form } = settings;
  return (
    <Page
      title={t('settings.title')}
      lead={
        asked.data?.at == null
          ? t('settings.never')
          : t('settings.savedBy', {
              who: asked.data.by ?? '',
              time: moment(asked.data.at),
              version: asked.data.version,
            })
      }
    >
      {asked.isPending && <Loading rows={8} />}
      {asked.isError && <ProblemNote error={asked.error} retry={() => void asked.refetch()} />}
      {form !== undefined && (
        <FormProvider value={form}>
          <Stack>
            {!form.canChange && <Text c="dimmed">{t('settings.viewer')}</Text>}
            <Tabs value={tab} onChange={(name) => setFilters({ tab: name ?? '' })} keepMounted={false}>
              <Tabs.List mb="lg">
                {tabNames.map((name) => (
                  <Tabs.Tab key={name} value={name}>
                    {t(`settings.tab.${name}`)}
                  </Tabs.Tab>
                ))}
              </Tabs.List>
              {tabNames.map((name) => {
                const Panel = tabs[name];
                return (
                  <Tabs.Panel key={name} value={name}>
                    <Panel />
                  </Tabs.Panel>
                );
              })}
            </Tabs>
            <SaveBar settings={settings} />
          </Stack>
        </FormProvider>
      )}
    </Page>
  );
}
