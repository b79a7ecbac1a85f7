import { NumberInput, Radio, Stack, Switch } from '@mantine/core';
import { useText } from '../../i18n/context.tsx';
import { OdooPicker } from '../../ui/odoo-picker.tsx';
import { useSettingsForm } from './form.tsx';
import { Fields, Section } from './section.tsx';

const picked = ['discountProductId', 'defaultJournalId', 'warehouseId', 'locationId'] as const;
const kinds = {
  discountProductId: 'products',
  defaultJournalId: 'journals',
  warehouseId: 'warehouses',
  locationId: 'locations',
} as const;

/** What becomes of products, orders and stock. */
export function RecordsTab() {
  const t = useText();
  const { values, canChange, set, errorAt } = useSettingsForm();
  return (
    <Stack gap="lg">
      <Section title={t('settings.products')}>
        <Radio.Group
          label={t('settings.productMode')}
          value={values.productMode}
          onChange={(mode) => set('productMode', mode as 'variant' | 'template')}
          error={errorAt('productMode')}
        >
          <Stack gap="sm" mt="xs">
            {(['variant', 'template'] as const).map((mode) => (
              <Radio
                key={mode}
                value={mode}
                label={t(`settings.productMode.${mode}`)}
                description={t(`settings.productMode.${mode}.hint`)}
                disabled={!canChange}
              />
            ))}
          </Stack>
        </Radio.Group>
        {values.productMode === 'variant' && (
          <NumberInput
            label={t('settings.variantLimit')}
            description={t('settings.variantLimitHint')}
            value={values.variantLimit}
            onChange={(value) => set('variantLimit', value === '' ? undefined : Number(value))}
            min={0}
            max={1_000}
            error={errorAt('variantLimit')}
            disabled={!canChange}
            maw={420}
          />
        )}
      </Section>
      <Section title={t('settings.orders')} lead={t('settings.ordersLead')}>
        <Fields>
          {picked.map((name) => (
            <OdooPicker
              key={name}
              kind={kinds[name]}
              label={t(`settings.${name}`)}
              description={t(`settings.${name}.hint`)}
              value={values[name] ?? null}
              onChange={(id) => set(name, id)}
              error={errorAt(name)}
              disabled={!canChange}
            />
          ))}
        </Fields>
      </Section>
      <Section title={t('settings.stock')}>
        <Radio.Group
          label={t('settings.stockPolicy')}
          value={values.stockPolicy}
          onChange={(policy) => set('stockPolicy', policy as 'never' | 'onCreate' | 'always')}
          error={errorAt('stockPolicy')}
        >
          <Stack gap="sm" mt="xs">
            {(['never', 'onCreate', 'always'] as const).map((policy) => (
              <Radio key={policy} value={policy} label={t(`settings.stockPolicy.${policy}`)} disabled={!canChange} />
            ))}
          </Stack>
        </Radio.Group>
        <Switch
          label={t('settings.currencyRates')}
          description={t('settings.currencyRatesHint')}
          checked={values.currencyRates}
          onChange={({ currentTarget }) => set('currencyRates', currentTarget.checked)}
          disabled={!canChange}
        />
      </Section>
    </Stack>
  );
}
