import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { messageOf } from '../../../lib/i18n/messages.ts';
import { consentWordings } from '../../../lib/signatures/consent-wording.ts';

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 16);

/** Stored consents name a wording by its id alone: a changed text is a new id, and the old one stays as it was agreed to. */
const AGREED: Readonly<Record<string, Readonly<Record<'en' | 'fa', string>>>> = {
  'organisation/1': { en: 'd1fee6a91daa9842', fa: '77e90d9f1b40efec' },
  'personal/1': { en: '7487d6af273921c9', fa: '5d375ca453ab155a' },
};

it.each(Object.entries(consentWordings))('the wording %s is the one that was agreed to', (id, key) => {
  expect({ en: sha256(messageOf('en', key)), fa: sha256(messageOf('fa', key)) }).toEqual(AGREED[id]);
});
