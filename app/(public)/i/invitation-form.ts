import type { Translator } from '../../../lib/i18n/translator.ts';
import { type FormView, formView } from '../../_components/ui/form-view.ts';
import { faultSentence } from '../../_request/fault-sentence.ts';

/**
 * A form of the page behind a personal link, with what was typed for this invitation alone. All invitations share one address and one
 * kept form: what was typed for another, in another tab, must not stand over this one's hidden id, where one more click would sign it.
 * Of a form that was refused for another invitation only that is said.
 * @param kept the form as it was kept, or a fresh one
 * @param initial what the form shows where nothing was kept for this invitation
 */
export function formOfInvitation(t: Translator, kept: FormView, invitationId: string, initial: Parameters<typeof formView>[1]): FormView {
  if (kept.value('invitation') === invitationId) return kept;
  const message = faultSentence(t, kept.name, { place: '', reason: 'other-invitation' });
  return formView(kept.name, initial, kept.errors.length === 0 ? [] : [{ place: '', message }]);
}
