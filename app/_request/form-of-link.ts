import type { Translator } from '../../lib/i18n/translator.ts';
import { type FormView, formView } from '../_components/ui/form-view.ts';
import { faultSentence } from './fault-sentence.ts';

const JUST_NOW_MS = 60_000;

/** What a form belongs to: the invitation, or the signing, that its hidden field of that name names. */
export interface Belonging {
  readonly field: 'invitation' | 'signing';
  readonly id: string;
}

/**
 * A form of a page behind a personal link, with what was typed for this invitation or signing alone. All of a kind share one address and
 * one kept form: what was typed for another, in another tab or by somebody before, must not stand over this one's hidden id, where one
 * more click would sign it. Of a form that was sent for another one just now only that is said; of an older one nothing.
 * @param kept the form as it was kept, or a fresh one
 * @param initial what the form shows where nothing was kept for this one
 */
export function formOf(
  t: Translator,
  kept: FormView,
  { field, id }: Belonging,
  initial: Parameters<typeof formView>[1],
  now: Date,
): FormView {
  const sentence = (reason: string) => faultSentence(t, kept.name, { place: '', reason });
  const other = sentence(`other-${field}`);
  if (kept.value(field) === id) {
    if (!kept.errors.some(({ message }) => message === other)) return kept;
    // Sent while another link was the last one opened, and now this one has been opened again, as the sentence asked.
    const { keptAt, value, holds } = kept;
    return { ...formView(kept.name, {}, [{ place: '', message: sentence('way-in-ended') }], keptAt), value, holds };
  }
  const justNow = kept.keptAt !== null && now.getTime() - kept.keptAt.getTime() < JUST_NOW_MS;
  return formView(kept.name, initial, justNow && kept.errors.length > 0 ? [{ place: '', message: other }] : []);
}
