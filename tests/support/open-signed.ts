import type { SigningScope } from '../../lib/access/scope.ts';
import type { Instance } from '../../lib/instance.ts';
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

/** Signs by an open link of its own and presses the button behind the mail. */
export async function signOpenly(letter: OpenLetter, fields: object, email = 'tomas@home.example', now = NOW): Promise<OpenSigned> {
  const { instance, fingerprint } = letter;
  const made = await makeOpenLink(instance, letter.letter, { label: 'newsletter', cap: null, expiresAt: null }, now);
  if (!made.ok) throw new Error(made.reason);
  const input = openSignForm.parse({ fingerprint, language: 'en', step: 'sign', publication: 'public', email, ...fields });
  const signed = await signByOpenLink(instance, made.value.slug, input, 'en', now);
  if (!signed.ok) throw new Error(JSON.stringify(signed.reason));
  const token = /cf_[\w-]{43}/.exec((await mailTexts(instance, 'confirmation')).at(-1) ?? '')?.[0] ?? '';
  const scope = await openConfirmation(instance, token);
  if (!scope.ok) throw new Error(scope.reason);
  const confirmed = await confirmSigning(instance, scope.value, now);
  if (!confirmed.ok) throw new Error(confirmed.reason);
  return { scope: scope.value, token: confirmed.value.ownPage ?? '' };
}
