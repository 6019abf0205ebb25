import type { LetterScope } from '../../lib/access/scope.ts';
import type { For, MemberAct } from '../../lib/coalitions/access.ts';
import { isLanguageTag } from '../../lib/letters/text-schema.ts';
import { type Result, refusal } from '../../lib/shared/result.ts';
import type { Barrier } from './answer.ts';
import { type At, askedAtLetter } from './member.ts';
import type { Visitor } from './visitor.ts';

/** The gate of a mutation at a letter's text in the language of the path (`[language]`). */
export async function askedAtText<Act extends MemberAct>(visitor: Visitor, act: Act): Promise<Result<At<For<LetterScope, Act>>, Barrier>> {
  return isLanguageTag(textLanguage(visitor)) ? await askedAtLetter(visitor, act) : refusal('not-found');
}

export const textLanguage = (visitor: Visitor): string => visitor.params['language'] ?? '';

/** The page of that text. */
export const textPath = ({ params }: Visitor): string => `/letters/${params['letterId'] ?? ''}/texts/${params['language'] ?? ''}`;
