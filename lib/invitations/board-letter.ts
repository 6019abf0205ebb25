import { findInvitation } from '../../db/queries/invitations.ts';
import { listVersionTexts } from '../../db/queries/letters.ts';
import type { InvitationScope } from '../access/scope.ts';
import type { Cover, LetterDocument } from '../document/model.ts';
import { chooseLocale } from '../i18n/choose-locale.ts';
import { formatInstant } from '../i18n/format.ts';
import { LOCALES } from '../i18n/locales.ts';
import { translator } from '../i18n/translator.ts';
import type { Instance } from '../instance.ts';
import { type FrozenDocumentText, frozenDocumentText } from '../letters/document.ts';
import { letterheadOf } from '../letters/letterhead.ts';
import { displayFingerprint } from '../text/fingerprint.ts';
import { withoutSuperscript } from '../text/superscript-runs.ts';
import type { Body, Inline } from '../text/tree.ts';
import { findLetterFacts, type LetterFacts } from './mail.ts';
import { openInvited } from './places.ts';
import type { StoredInvitation } from './schema.ts';

/**
 * A letter as an organisation's board gets it on paper: the frozen text, who asks, until when, and how to answer. It names nobody who has
 * signed, nobody who was invited, and bears no link.
 */
export interface BoardLetter {
  readonly document: LetterDocument & { readonly cover: Cover };
  /** The one that is in the document. */
  readonly text: FrozenDocumentText;
  /** Languages it can be had in, BCP 47, the authentic one first. */
  readonly languages: readonly string[];
  /** Of whoever was invited. */
  readonly locale: StoredInvitation['language'];
}

/**
 * Null where there is no board to be asked: the letter takes no signatures any more, or a person was invited in their own name.
 * @param language BCP 47, of the text; that of the invitation, or else the authentic one, where the letter is not in it
 */
export async function viewBoardLetter(
  instance: Instance,
  scope: InvitationScope,
  language: string | null,
  now: Date,
): Promise<BoardLetter | null> {
  const { store, keys } = instance;
  const facts = await findLetterFacts(store.read, scope.letterId);
  const row = await findInvitation(store.read, scope.letterId, scope.invitationId);
  if (!facts || !row || row.status === 'revoked' || row.capacity !== 'organisation') return null;
  const { letter } = facts;
  if (letter.status !== 'open' || letter.liveVersionId === null) return null;
  if (letter.deadlineAt !== null && letter.deadlineAt <= now) return null;
  const texts = (await listVersionTexts(store.read, letter.liveVersionId)).map(frozenDocumentText);
  const authentic = texts.find((one) => one.authentic);
  const locale = openInvited(keys, row).language;
  const text = [language, locale].flatMap((wish) => texts.find((one) => one.language === wish) ?? [])[0] ?? authentic;
  if (!authentic || !text) throw new Error(`letter ${letter.id} has no authentic text`);
  const letterhead = await letterheadOf(instance, letter);
  return {
    document: {
      kind: letter.kind,
      texts: [text],
      date: letter.date,
      place: letter.place,
      sections: [],
      edition: 'public',
      mark: { type: 'for-decision' },
      ...(letterhead === undefined ? {} : { letterhead }),
      cover: coverOf(facts, text, authentic, locale),
    },
    text,
    languages: [authentic, ...texts.filter((one) => one !== authentic)].map((one) => one.language),
    locale,
  };
}

/** In the language of the text where the product speaks it, otherwise in that of the invitation. */
function coverOf(
  { letter, coalition }: LetterFacts,
  text: FrozenDocumentText,
  authentic: FrozenDocumentText,
  locale: StoredInvitation['language'],
): Cover {
  const t = translator(chooseLocale({ letterLanguage: text.language, acceptLanguage: locale }, LOCALES));
  const { deadlineAt, zone } = letter;
  const until = deadlineAt === null ? t('signing.board.no-deadline') : formatInstant(t.locale, deadlineAt, zone);
  const language = new Intl.DisplayNames([t.locale], { type: 'language', fallback: 'code' }).of(authentic.language) ?? authentic.language;
  return {
    language: t.locale,
    title: t('signing.board.title'),
    facts: [
      { name: t('signing.board.who'), value: coalition },
      { name: t('signing.board.letter'), value: withoutSuperscript(text.headline) },
      { name: t('signing.board.until'), value: until },
      { name: t('signing.board.fingerprint'), value: displayFingerprint(text.fingerprint) },
      ...(text.authentic
        ? []
        : [{ name: t('signing.board.fingerprint-authentic', { language }), value: displayFingerprint(authentic.fingerprint) }]),
    ],
    body: {
      blocks: [
        paragraph(t('signing.board.asks', { coalition })),
        paragraph(t('signing.board.fixed')),
        ...(text.authentic ? [] : [paragraph(t('signing.board.translation', { language }))]),
        { type: 'heading', level: 2, children: words(t('signing.board.how')) },
        paragraph(t('signing.board.by-link')),
        {
          type: 'list',
          ordered: false,
          start: 1,
          tight: false,
          items: [[paragraph(t('signing.board.yes'))], [paragraph(t('signing.board.later'))], [paragraph(t('signing.board.no'))]],
        },
        paragraph(t('signing.board.changes')),
        paragraph(t('signing.board.no-names')),
      ],
      footnotes: [],
    },
  };
}

const words = (value: string): readonly Inline[] => [{ type: 'text', value }];
const paragraph = (value: string): Body['blocks'][number] => ({ type: 'paragraph', children: words(value) });
