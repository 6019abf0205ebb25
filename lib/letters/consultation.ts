import { findCoalition, holdCoalition } from '../../db/queries/coalitions.ts';
import { findLetter, listLetterTexts, moveLetter } from '../../db/queries/letters.ts';
import { findLiveMemberIds, listMembers, type MemberAndPerson, type MemberCursor } from '../../db/queries/members.ts';
import type { Reader } from '../../db/store.ts';
import type { LetterScope } from '../access/scope.ts';
import { openPerson } from '../auth/person.ts';
import type { For } from '../coalitions/access.ts';
import { letterSender } from '../coalitions/mail-sender.ts';
import type { MailContent } from '../email/compose.ts';
import { translator } from '../i18n/translator.ts';
import type { Instance } from '../instance.ts';
import { queueMail } from '../outbox/queue.ts';
import { type Result, refusal, success } from '../shared/result.ts';
import { logLetter } from './drafting.ts';
import type { MoveRefusal } from './ending.ts';
import { policiesOf } from './presets.ts';
import { statusesFor } from './status.ts';

const MEMBERS_AT_ONCE = 100;
/** A transaction that writes more mails would hold everybody else up. */
const MOST_MAILS = 400;

/**
 * Asks the coalition for comments: the draft is in consultation, and every other member hears of it by mail. Its text can still be
 * edited by whoever may, since comments are there to be worked in.
 */
export async function startConsultation(
  instance: Instance,
  scope: For<LetterScope, 'run'>,
  now: Date,
): Promise<Result<{ readonly told: number }, MoveRefusal>> {
  const prepared = await consultationMails(instance, scope);
  if (!prepared) return refusal('not-now');
  return await instance.store.inTransaction(async (tx) => {
    // Whoever removes a member holds the coalition too: who has gone since the mails were made is gone for good here, and gets none.
    await holdCoalition(tx, scope.coalitionId);
    const ids = prepared.map(({ memberId }) => memberId);
    const live = await findLiveMemberIds(tx, scope.coalitionId, ids);
    const mails = prepared.filter(({ memberId }) => live.has(memberId));
    const moved = await moveLetter(tx, scope.letterId, { from: statusesFor('consult') }, { status: 'consultation', updatedAt: now });
    if (!moved) return refusal('not-now');
    const about = { coalitionId: scope.coalitionId, letterId: scope.letterId };
    for (const { mail } of mails) await queueMail(tx, instance, 'consultation', mail, about, now);
    await logLetter(tx, instance, scope, { type: 'letter-consultation-started', record: { told: mails.length } }, now);
    return success({ told: mails.length });
  });
}

/** Back to a plain draft: its comments stay. */
export async function endConsultation(instance: Instance, scope: For<LetterScope, 'run'>, now: Date): Promise<Result<null, MoveRefusal>> {
  return await instance.store.inTransaction(async (tx) => {
    const moved = await moveLetter(tx, scope.letterId, { from: statusesFor('end-consultation') }, { status: 'draft', updatedAt: now });
    if (!moved) return refusal('not-now');
    await logLetter(tx, instance, scope, { type: 'letter-consultation-ended', record: {} }, now);
    return success(null);
  });
}

async function othersOf(db: Reader, { coalitionId, memberId }: LetterScope): Promise<readonly MemberAndPerson[]> {
  const others: MemberAndPerson[] = [];
  for (let after: MemberCursor | null = null; others.length < MOST_MAILS; ) {
    const rows: readonly MemberAndPerson[] = await listMembers(db, coalitionId, after, MEMBERS_AT_ONCE);
    others.push(...rows.filter(({ member }) => member.id !== memberId));
    const last = rows.at(-1)?.member;
    if (!last || rows.length < MEMBERS_AT_ONCE) break;
    after = { createdAt: last.createdAt, id: last.id };
  }
  return others.slice(0, MOST_MAILS);
}

interface MailToMember {
  readonly memberId: string;
  readonly mail: MailContent;
}

/** The mails, made before the transaction that queues them; null where the letter is gone. */
async function consultationMails(instance: Instance, scope: For<LetterScope, 'run'>): Promise<readonly MailToMember[] | null> {
  const { store, keys, config } = instance;
  const letter = await findLetter(store.read, scope.coalitionId, scope.letterId);
  const coalition = await findCoalition(store.read, scope.coalitionId);
  if (!letter || !coalition) return null;
  const [text] = await listLetterTexts(store.read, letter);
  const policies = policiesOf(letter.policies);
  const neutral = policies.mails === 'neutral';
  const t = translator('en');
  return (await othersOf(store.read, scope)).map(({ member, person }) => {
    const { name, email } = openPerson(keys, person);
    const mail: MailContent = {
      language: t.locale,
      direction: t.direction,
      ...letterSender(coalition, policies, letter.mails),
      to: email,
      subject: t('mail.consultation.subject'),
      paragraphs: [
        neutral ? t('mail.invitation.hello') : t('mail.consultation.dear', { name }),
        neutral ? t('mail.consultation.about-hidden') : t('mail.consultation.about', { headline: text?.headline ?? '' }),
        t('mail.consultation.what-next'),
      ],
      action: { label: t('mail.consultation.action'), url: `${config.origin}/letters/${letter.id}/comments` },
      footer: neutral ? [] : [t('mail.consultation.why', { coalition: coalition.name })],
    };
    return { memberId: member.id, mail };
  });
}
