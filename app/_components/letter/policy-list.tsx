import { withDefaults } from '../../../lib/block/record.ts';
import { formatList } from '../../../lib/i18n/format.ts';
import type { Translator } from '../../../lib/i18n/translator.ts';
import { type PolicyFact, policyFacts } from '../../../lib/letters/policy-facts.ts';
import { offeredPresets, type Policies, presetSettings } from '../../../lib/letters/presets.ts';
import { Details } from '../ui/details.tsx';
import { Facts } from '../ui/table.tsx';

/** How one letter gathers and shows names, in plain words. */
export function PolicyList({ t, policies }: { readonly t: Translator; readonly policies: Policies }) {
  return <Facts facts={policyFacts(policies).map((fact) => ({ name: t(fact.name), value: valueWords(t, fact) }))} />;
}

function valueWords(t: Translator, { value, values, days }: PolicyFact): string {
  if (days === undefined) return t(value, values);
  return t(value, {
    days: formatList(
      t.locale,
      days.map((count) => t('letters.policy.reminders.day', { count })),
    ),
  });
}

/** What each kind of signing that can be chosen sets, every policy of it. */
export function PresetTables({ t }: { readonly t: Translator }) {
  return offeredPresets.map((name) => {
    const { policies, block } = presetSettings[name];
    const { organisations, personal } = withDefaults(block);
    const order = (of: keyof typeof ORDERS) => t(ORDERS[of]);
    return (
      <Details key={name} summary={t('letters.policy.table', { preset: t(`letters.preset.${name}`) })}>
        <PolicyList t={t} policies={policies} />
        <Facts
          facts={[
            { name: t('letters.policy.organisations-order'), value: order(organisations.order) },
            { name: t('letters.policy.personal-order'), value: order(personal.order) },
          ]}
        />
        <p>{t('letters.policy.own')}</p>
      </Details>
    );
  });
}

const ORDERS = {
  signing: 'letters.order.signing',
  manual: 'letters.order.signing',
  alphabetical: 'letters.order.alphabetical',
  'family-name': 'letters.order.family-name',
  'given-name': 'letters.order.given-name',
  country: 'letters.order.country',
} as const;
