import type { LetterTextRow } from '../../db/queries/letters.ts';
import type { Fault } from '../shared/fault.ts';
import { type Result, refusal, success } from '../shared/result.ts';
import { type AcceptedText, acceptTypedText, canonicalText } from '../text/canonical.ts';
import { fingerprintOf } from '../text/fingerprint.ts';

/** A text as it will stand for good. */
export interface FrozenText {
  readonly accepted: AcceptedText;
  readonly canonical: string;
  /** 64 hex digits. */
  readonly fingerprint: string;
}

type Draft = Pick<LetterTextRow, 'addressees' | 'headline' | 'subtitle' | 'salutation' | 'body' | 'closing' | 'disclaimer'>;

/**
 * What freezing this draft gives: shown to the coordinator before, made again in the freeze itself, and compared there.
 * A letter without a headline or a body is refused (`required`); an imported one may have an empty body.
 */
export function frozenText(draft: Draft, rule: { readonly emptyBody: 'refused' | 'allowed' }): Result<FrozenText, readonly Fault[]> {
  const accepted = acceptTypedText(draft);
  if (!accepted.ok) return accepted;
  const missing: Fault[] = [];
  if (accepted.value.headline === '') missing.push({ place: 'headline', reason: 'required' });
  if (accepted.value.body.blocks.length === 0 && rule.emptyBody === 'refused') missing.push({ place: 'body', reason: 'required' });
  if (missing.length > 0) return refusal(missing);
  const canonical = canonicalText(accepted.value);
  return success({ accepted: accepted.value, canonical, fingerprint: fingerprintOf(canonical) });
}
