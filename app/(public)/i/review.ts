import type { InvitationPage } from '../../../lib/invitations/page-view.ts';
import { normaliseOrganisationName } from '../../../lib/organisations/name.ts';
import { type EntryInput, signForm } from '../../../lib/signatures/schema.ts';
import { type Review, readReview } from '../../_components/signing/review.ts';
import type { FormView } from '../../_components/ui/form-view.ts';

/** What was typed for this invitation and kept, ready to be looked at; null where it is not, or where something is to be mended first. */
export function reviewOf(page: InvitationPage, form: FormView): Review | null {
  if (page.state === 'signed' || page.state === 'closed' || page.state === 'letter-withdrawn') return null;
  if (form.value('invitation') !== page.invitationId || form.errors.some(({ place }) => place === '')) return null;
  return readReview(page.letter, form, (typed) => {
    const parsed = signForm.safeParse({ ...typed, invitation: page.invitationId });
    return parsed.success ? parsed.data : null;
  });
}

/** Another organisation than was invited: the answer will be held. */
export const isOtherOrganisation = ({ invited }: InvitationPage, entry: EntryInput): boolean =>
  entry.signer !== 'personal' && normaliseOrganisationName(entry.organisation) !== normaliseOrganisationName(invited.organisation);
