import type { LetterScope } from '../../../../../../../lib/access/scope.ts';
import type { For } from '../../../../../../../lib/coalitions/access.ts';
import { isId } from '../../../../../../../lib/shared/ids.ts';
import { type Result, refusal } from '../../../../../../../lib/shared/result.ts';
import type { Barrier } from '../../../../../../_request/answer.ts';
import { type At, askedAtLetter } from '../../../../../../_request/member.ts';
import type { Visitor } from '../../../../../../_request/visitor.ts';

export const correctEntryPath = (letterId: string, signatureId: string): string => `/letters/${letterId}/list/${signatureId}/correct`;

export const entryOf = ({ params }: Visitor): string => params['signatureId'] ?? '';

export const correctEntryPageOf = (visitor: Visitor): string => correctEntryPath(visitor.params['letterId'] ?? '', entryOf(visitor));

/** The gate of a mutation at one entry of the list. */
export async function askedAtEntry(visitor: Visitor): Promise<Result<At<For<LetterScope, 'run'>>, Barrier>> {
  return isId('sig', entryOf(visitor)) ? await askedAtLetter(visitor, 'run') : refusal('not-found');
}
