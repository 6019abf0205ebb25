import type { Entry } from '../../../lib/block/model.ts';
import type { InvitationPage } from '../../../lib/invitations/page-view.ts';
import { normaliseOrganisationName } from '../../../lib/organisations/name.ts';
import { recordOf } from '../../../lib/signatures/capacity.ts';
import { printedEntry } from '../../../lib/signatures/mail.ts';
import { ENTRY_FIELDS, type EntryInput, type SignInput, signForm } from '../../../lib/signatures/schema.ts';
import type { FormView } from '../../_components/ui/form-view.ts';

export interface Review {
  readonly input: SignInput;
  readonly entries: readonly ReviewedEntry[];
}

export interface ReviewedEntry {
  readonly given: EntryInput;
  readonly entry: Entry;
  /** Another organisation than was invited: the answer will be held. */
  readonly otherOrganisation: boolean;
}

/** What was typed and kept, ready to be looked at; null where it is not, or where a field is to be mended first. */
export function readReview(page: InvitationPage, form: FormView): Review | null {
  const step = form.value('step');
  if (step === '' || step === 'more') return null;
  if (page.state === 'signed' || page.state === 'closed' || page.state === 'letter-withdrawn') return null;
  if (form.errors.some(({ place }) => !place.endsWith('authorised'))) return null;
  const { text } = page.letter;
  // The text moved on since: it is to be read again before anything is signed.
  if (form.value('fingerprint') !== text.fingerprint || form.value('invitation') !== page.invitationId) return null;
  const typed = Object.fromEntries(ENTRY_FIELDS.map((field) => [field, form.value(field)]).filter(([, value]) => value !== ''));
  const parsed = signForm.safeParse({
    ...typed,
    step: 'check',
    invitation: page.invitationId,
    fingerprint: text.fingerprint,
    language: text.language,
  });
  if (!parsed.success) return null;
  const input = parsed.data;
  const isOther = (entry: EntryInput) =>
    entry.signer !== 'personal' && normaliseOrganisationName(entry.organisation) !== normaliseOrganisationName(page.invited.organisation);
  return {
    input,
    entries: input.entries.map((given) => ({
      given,
      entry: printedEntry(page.letter, recordOf(input.name, given, page.letter)),
      otherOrganisation: isOther(given),
    })),
  };
}
