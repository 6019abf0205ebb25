import type { Locale } from './locales.ts';
import en from './messages/en.json' with { type: 'json' };
import fa from './messages/fa.json' with { type: 'json' };

/** English is complete and gives the type: a key that is not there does not compile. */
export type MessageKey = keyof typeof en;

type Messages = Readonly<Partial<Record<MessageKey, string>>>;

const CATALOGUE: Readonly<Record<Locale, Messages>> = { en, fa };

/** ICU message of a key; what a language does not have yet is English. */
export const messageOf = (locale: Locale, key: MessageKey): string => CATALOGUE[locale][key] ?? en[key];

export const isMessageKey = (key: string): key is MessageKey => Object.hasOwn(en, key);

/** Beginnings of the keys that only members see; a language for the public leaves them out. */
export const MEMBER_PREFIXES = [
  'desk.',
  'letters.',
  'list.',
  'fault.list.',
  'fault.entry.',
  'fault.addresses.',
  'fault.vouch.',
  'fault.vouch-rows.',
  'fault.vouch-entry.',
  'fault.by-hand.',
  'fault.wording.',
  'fault.readdress.',
  'fault.test-mail.',
  'invitations.',
  'links.',
  'fault.open-link.',
  'fault.close-open-link.',
  'coalition.',
  'set-up.',
  'sign-in.',
  'mail-page.',
  'members.',
  'correct-entry.',
  'fault.correct-entry.',
  'fault.approve-wish.',
  'fault.refuse-wish.',
  'fault.block.',
  'fault.place.',
  'fault.close.',
  'fault.coalition-settings.',
  'fault.coalition-logo.',
  'fault.comment.',
  'fault.consult.',
  'fault.end-consultation.',
  'fault.release.',
  'fault.names.',
  'fault.withdraw-letter.',
  'mail.consultation.',
  'fault.delete.',
  'fault.deliver.',
  'fault.freeze.',
  'fault.history.',
  'fault.invitation.',
  'fault.invite.',
  'fault.join.',
  'fault.organisation.',
  'fault.member.',
  'fault.leave.',
  'fault.invite-member.',
  'fault.letter.',
  'fault.remove-sample.',
  'fault.reopen.',
  'fault.restore.',
  'fault.sample.',
  'fault.schedule.',
  'fault.set-up.',
  'fault.texts.',
  'fault.sign-in-confirm.',
] as const;
