import { cookies, headers } from 'next/headers';
import type { Translator } from '../../lib/i18n/translator.ts';
import { type FormView, formView } from '../_components/ui/form-view.ts';
import { cookieName } from './cookies.ts';
import { faultSentence } from './fault-sentence.ts';
import { FORM_COOKIES, findForm, formCookie, isJustRefused, type KeptForm } from './form-drafts.ts';
import { NOTICE_HEADER } from './handed-on.ts';
import { instance } from './instance.ts';
import { openNotice } from './notice.ts';

type Initial = Readonly<Record<string, string | readonly string[] | null | undefined>>;

/**
 * A form as its page shows it: what was typed before a refusal, else the initial values; and the faults in words, as long as
 * the refusal is the one just answered. Later on the page says that what was typed then stands in the form.
 * @param form the mutation's name
 * @param path the page's clean path, the same as the mutation's `form` gives
 */
export async function readForm(t: Translator, form: string, path: string, initial: Initial = {}): Promise<FormView> {
  const { keys, drafts, secureCookies, now } = instance();
  const jar = await cookies();
  let refused: KeptForm | null = null;
  for (const cookie of FORM_COOKIES) {
    const kept = jar.get(cookieName(formCookie({ form, path }, cookie), secureCookies))?.value ?? null;
    refused ??= await findForm(keys, drafts, { form, path }, kept, now());
  }
  if (!refused) return formView(form, initial, []);
  // A box that was unticked sends nothing: after a refusal the initial values no longer count.
  const faults = isJustRefused(refused, now()) ? refused.faults : [];
  return formView(
    form,
    refused.values,
    faults.map((fault) => ({ place: fault.place, message: faultSentence(t, form, fault) })),
    refused.keptAt,
    refused.faults.flatMap(({ place, reason }) => (place === '' ? [reason] : [])),
  );
}

/** The sentence that the change just made left for this page, or null. */
export async function readNotice(t: Translator): Promise<string | null> {
  const { keys } = instance();
  const notice = openNotice(keys, (await headers()).get(NOTICE_HEADER));
  return notice && t(notice.key, notice.values);
}
