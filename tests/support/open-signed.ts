import { eq } from 'drizzle-orm';
import { findLetterById } from '../../db/queries/letters.ts';
import type { SigningScope } from '../../lib/access/scope.ts';
import type { Instance } from '../../lib/instance.ts';
import { policiesOf } from '../../lib/letters/presets.ts';
import { readMail } from '../../lib/outbox/read.ts';
import { openConfirmation } from '../../lib/signatures/access.ts';
import { confirmSigning } from '../../lib/signatures/confirm.ts';
import { makeOpenLink } from '../../lib/signatures/open-links.ts';
import { openSignForm } from '../../lib/signatures/schema.ts';
import { signByOpenLink } from '../../lib/signatures/sign-by-open-link.ts';
import { NOW, type OpenLetter } from './invited.ts';

export interface OpenSigned {
  readonly scope: SigningScope;
  /** Opens the own page. */
  readonly token: string;
}

/** The texts of the mails of a kind, the newest last. */
export async function mailTexts({ store, keys }: Instance, kind: string): Promise<readonly string[]> {
  const rows = (await store.read.select().from(store.read.tables.outbox)).filter((row) => row.kind === kind);
  const byTime = rows.sort((one, other) => one.createdAt.getTime() - other.createdAt.getTime());
  return byTime.flatMap((row) => {
    const mail = readMail({ keys }, row);
    return mail.ok ? [mail.value.text] : [];
  });
}

/** The tokens in those mails, in the same order. */
export const mailTokens = async (instance: Instance, kind: 'confirmation' | 'receipt'): Promise<readonly string[]> =>
  (await mailTexts(instance, kind)).map((text) => /(?:cf|op)_[\w-]{43}/.exec(text)?.[0] ?? '');

/** Lets anybody sign a letter by an address that is handed around, whatever its preset. */
async function letAnybodySign({ instance, letterId }: OpenLetter): Promise<void> {
  await instance.store.inTransaction(async (tx) => {
    const { letters } = tx.tables;
    const letter = await findLetterById(tx, letterId);
    await tx
      .update(letters)
      .set({ policies: { ...policiesOf(letter?.policies), openLink: true } })
      .where(eq(letters.id, letterId));
  });
}

/** Signs by an open link of its own and presses the button behind the mail. */
export async function signOpenly(letter: OpenLetter, fields: object, email = 'tomas@home.example', now = NOW): Promise<OpenSigned> {
  const { instance, fingerprint } = letter;
  await letAnybodySign(letter);
  const made = await makeOpenLink(instance, letter.letter, { label: 'newsletter', cap: null, lastDay: '' }, now);
  if (!made.ok) throw new Error(JSON.stringify(made.reason));
  const input = openSignForm.parse({ fingerprint, language: 'en', step: 'sign', publication: 'public', email, ...fields });
  const signed = await signByOpenLink(instance, made.value.slug, input, 'en', now);
  if (!signed.ok) throw new Error(JSON.stringify(signed.reason));
  const scope = await openConfirmation(instance, (await mailTokens(instance, 'confirmation')).at(-1) ?? '');
  if (!scope.ok) throw new Error(scope.reason);
  const confirmed = await confirmSigning(instance, scope.value, now);
  if (!confirmed.ok) throw new Error(confirmed.reason);
  const { by: _by, asks: _asks, ...own } = scope.value;
  return { scope: own, token: confirmed.value.ownPage };
}
