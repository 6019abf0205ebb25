import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { endSessionForm, signInForm } from '../../../lib/auth/schema.ts';
import { joinForm, setUpForm } from '../../../lib/coalitions/schema.ts';
import { passOnForm } from '../../../lib/invitations/pass-on.ts';
import { considerForm, declineForm, inviteForm } from '../../../lib/invitations/schema.ts';
import { commentForm, freezeForm, releaseForm, replacementForm, withdrawLetterForm } from '../../../lib/letters/life-forms.ts';
import { letterForm, reopenForm } from '../../../lib/letters/schema.ts';
import { correctEntryForm, correctOwnForm, refuseWishForm, takeBackWishForm } from '../../../lib/signatures/correct-schema.ts';
import { signForm, withdrawForm } from '../../../lib/signatures/schema.ts';

const ofPage = { invitation: 'inv_a' };

/** Every form, filled in so that it passes; texts only. */
const FORMS: readonly (readonly [string, z.ZodType, Readonly<Record<string, string>>])[] = [
  ['sign-in', signInForm, { email: 'nila@coalition.example', to: '/desk' }],
  ['end-session', endSessionForm, { session: `ses_${'A'.repeat(22)}` }],
  ['set-up', setUpForm, { coalition: 'Seed Keepers', name: 'Ada Orr', email: 'ada@coalition.example' }],
  ['join', joinForm, { name: 'Ada Orr' }],
  [
    'invite',
    inviteForm,
    { capacity: 'organisation', organisation: 'Harbour Forum', acronym: 'HF', name: 'x', email: 'a@b.example', message: 'x' },
  ],
  ['decline', declineForm, { ...ofPage, reason: 'Too early.' }],
  ['consider', considerForm, { ...ofPage, until: '2026-03-12' }],
  [
    'correct',
    correctOwnForm,
    {
      signing: 'sgn_a',
      entry: 'sig_a',
      signer: 'organisation',
      organisation: 'Harbour Forum',
      acronym: 'HF',
      name: 'Ilse Okoye',
      role: 'Director',
      affiliation: 'x',
      city: 'Ghent',
      country: 'Belgium',
      publication: 'public',
      authorised: 'yes',
    },
  ],
  [
    'correct-entry',
    correctEntryForm,
    { organisation: 'Harbour Forum', name: 'Ilse Okoye', role: 'Director', city: 'Ghent', reason: 'A slip.' },
  ],
  ['refuse-wish', refuseWishForm, { reason: 'No.' }],
  ['take-back-wish', takeBackWishForm, { signing: 'sgn_a', entry: 'sig_a' }],
  ['pass-on', passOnForm, { ...ofPage, whom: 'colleague', name: 'Ada Orr', email: 'ada@harbour.example' }],
  ['withdraw', withdrawForm, { signing: 'sgn_a', sure: 'yes' }],
  [
    'sign',
    signForm,
    {
      ...ofPage,
      fingerprint: 'a'.repeat(64),
      language: 'en',
      step: 'sign',
      signer: 'organisation',
      representativePrinted: 'yes',
      organisation: 'Harbour Forum',
      acronym: 'HF',
      name: 'Ilse Okoye',
      role: 'Chair',
      country: 'Portugal',
      publication: 'public',
      authorised: 'yes',
    },
  ],
  ['freeze', freezeForm, { fingerprint: 'a'.repeat(64), revision: '3' }],
  ['comment', commentForm, { text: 'Say which banks.' }],
  ['release', releaseForm, { when: 'at', releaseDay: '2026-03-20', releaseTime: '12:00' }],
  ['withdrawal', withdrawLetterForm, { reason: 'A reason.', word: 'withdraw', replacement: 'none', replacementId: '' }],
  ['replacement', replacementForm, { replacement: 'new-draft', replacementId: '' }],
  ['reopen', reopenForm, { deadlineDay: '2026-03-12', deadlineTime: '23:59' }],
  [
    'letter',
    letterForm,
    {
      to: 'Ms Ottoline Varga',
      headline: 'The river belongs to everyone',
      body: 'We ask you.',
      deadlineDay: '2026-03-12',
      deadlineTime: '23:59',
      zone: 'Europe/Lisbon',
      preset: 'coalition-letter',
      representativePrinted: 'never',
      language: 'en',
      date: '2026-03-01',
      place: 'Lisbon',
      subtitle: 'x',
      salutation: 'x',
      closing: 'x',
      disclaimer: 'x',
      reference: 'x',
      cc: 'x',
      organisationsHeading: 'x',
      personalHeading: 'x',
    },
  ],
];

/** Compared with what is known and stored nowhere. */
const COMPARED: readonly string[] = [
  'invitation',
  'signing',
  'entry',
  'language',
  'deadlineDay',
  'deadlineTime',
  'releaseDay',
  'releaseTime',
];

describe.each(FORMS)('the form %s', (form, schema, good) => {
  it('passes as it is', () => {
    expect(schema.safeParse(good)).toMatchObject({ success: true });
  });

  it('lets no NUL through to a database: PostgreSQL throws at one', () => {
    for (const [field, value] of Object.entries(good)) {
      if (COMPARED.includes(field) && form !== 'letter') continue;
      for (const odd of [`${value}\u0000`, '\u0000', `\u0000${value}`]) {
        const parsed = schema.safeParse({ ...good, [field]: odd });
        const through = parsed.success && JSON.stringify(parsed.data).includes('\\u0000');
        expect({ form, field, through }).toEqual({ form, field, through: false });
      }
    }
  });

  it('takes a name that came twice for no text', () => {
    for (const [field, value] of Object.entries(good)) {
      const parsed = schema.safeParse({ ...good, [field]: [value, value] });
      expect({ field, passed: parsed.success && field !== 'to' }).toEqual({ field, passed: false });
    }
  });
});

it('takes no number that a column cannot hold', () => {
  for (const revision of ['2147483648', '9007199254740991', '1e300', 'Infinity', '-1', '0', '1.5', 'NaN', '0x10000000000'])
    expect(freezeForm.safeParse({ fingerprint: 'a'.repeat(64), revision }).success).toBe(false);
});
