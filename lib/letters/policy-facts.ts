import type { MessageKey } from '../i18n/messages.ts';
import type { Policies } from './presets.ts';

/** One policy in words: what it is about, and what it is set to. */
export interface PolicyFact {
  readonly name: MessageKey;
  readonly value: MessageKey;
  readonly values?: Readonly<Record<string, number>>;
  /** Days that the sentence lists, where there are several. */
  readonly days?: readonly number[];
}

/** Every policy of a letter, in plain words; one without its sentence here does not compile. */
export function policyFacts(policies: Policies): readonly PolicyFact[] {
  const facts: Readonly<Record<keyof Policies, PolicyFact>> = {
    openLink: { name: 'letters.policy.sign', value: policies.openLink ? 'letters.policy.open-link' : 'letters.policy.invited' },
    authority: { name: 'letters.policy.authority', value: `letters.policy.authority.${policies.authority}` },
    listed: { name: 'letters.policy.listed', value: `letters.policy.listed.${policies.listed}` },
    representativePrinted: {
      name: 'letters.policy.representative',
      value: `letters.policy.representative.${policies.representativePrinted}`,
    },
    publicAt: { name: 'letters.policy.public', value: `letters.policy.public.${policies.publicAt}` },
    beforeRelease: { name: 'letters.policy.before', value: `letters.policy.before.${policies.beforeRelease}` },
    mails: { name: 'letters.policy.mails', value: `letters.policy.mails.${policies.mails}` },
    coordinator: { name: 'letters.policy.coordinator', value: `letters.policy.coordinator.${policies.coordinator}` },
    reminders:
      policies.reminders.length === 0
        ? { name: 'letters.policy.reminders', value: 'letters.policy.reminders.none' }
        : { name: 'letters.policy.reminders', value: 'letters.policy.reminders.days', days: policies.reminders },
    addressesKept: { name: 'letters.policy.kept', value: 'letters.policy.kept.days', values: { count: policies.addressesKept } },
  };
  return Object.values(facts);
}
