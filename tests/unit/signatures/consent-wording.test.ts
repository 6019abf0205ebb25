import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { messageOf } from '../../../lib/i18n/messages.ts';
import { consentWordings, publicationWordings } from '../../../lib/signatures/consent-wording.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 16);

/** Stored consents name a wording by its id alone: a changed text is a new id, and the old one stays as it was agreed to. */
const AGREED: Readonly<Record<string, Readonly<Record<'en' | 'fa', string>>>> = {
  'organisation/1': { en: 'd1fee6a91daa9842', fa: '77e90d9f1b40efec' },
  'personal/1': { en: '7487d6af273921c9', fa: '5d375ca453ab155a' },
};

const CHOSEN: typeof AGREED = {
  'publication/1 public': { en: '84fd6f1cfdee9549', fa: '114d80cc1a7dc1a2' },
  'publication/1 addressee': { en: 'c301e7be5aa24c53', fa: '5f68072d14a9ba0c' },
  'publication/1 counted': { en: '126cded69e3e39e0', fa: '41356f4acbb7ea9e' },
};

const choices = Object.entries(publicationWordings).flatMap(([id, keys]) =>
  Object.entries(keys).map(([choice, key]) => [`${id} ${choice}`, key] as const),
);

it.each(choices)('the wording %s is the one that was chosen by', (id, key) => {
  expect({ en: sha256(messageOf('en', key)), fa: sha256(messageOf('fa', key)) }).toEqual(CHOSEN[id]);
});

it.each(Object.entries(consentWordings))('the wording %s is the one that was agreed to', (id, key) => {
  expect({ en: sha256(messageOf('en', key)), fa: sha256(messageOf('fa', key)) }).toEqual(AGREED[id]);
});
