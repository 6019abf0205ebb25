import type { z } from 'zod';
import { formAge } from '../../../../../lib/forms/form-age.ts';
import { LOCALES } from '../../../../../lib/i18n/locales.ts';
import { proofClaim } from '../../../../../lib/rates/proof-of-work.ts';
import { refusal, success } from '../../../../../lib/shared/result.ts';
import { checkOpenSigning, signByOpenLink } from '../../../../../lib/signatures/sign-by-open-link.ts';
import { EVERYBODY_RATE, LETTER_RATE, LOOK_RATE, PROVED_RATE, UNPROVED_RATE } from '../../../../../lib/signatures/sign-rates.ts';
import { instance } from '../../../../_request/instance.ts';
import { type Call, mutate } from '../../../../_request/mutate.ts';
import { product } from '../../../../_request/product.ts';
import { KEPT_LIKE_THE_FORM, type OpenDoor, openDoorGate, openForm, openLinkPath } from '../door.ts';
import { openDoorForm } from '../schema.ts';

type Sent = Call<OpenDoor, z.output<typeof openDoorForm>>;

/** Whether a browser has worked for this very answer, and nobody has used that work before. */
async function isProved({ scope, input, now }: Sent): Promise<boolean> {
  const { keys, rates } = instance();
  const claim = input.proof === '' ? null : await proofClaim(keys, openForm(scope.slug), input.proof, now);
  return claim !== null && (await rates.take([claim], now)).ok;
}

/** Shows how the entries print (`step=check`), with a further group of fields (`step=more`), then mails the confirmation (`step=sign`). */
export const POST = mutate({
  // The form has the fields of a personal link's, and their words for what is wrong with them.
  name: 'sign',
  schema: openDoorForm,
  limit: 20_000,
  kept: KEPT_LIKE_THE_FORM,
  secrets: ['proof', 'topic'],
  who: openDoorGate,
  rates: async (call) => {
    const { network } = call.visitor;
    if (call.input.step !== 'sign') return [{ rule: LOOK_RATE, subject: network }];
    return [
      { rule: (await isProved(call)) ? PROVED_RATE : UNPROVED_RATE, subject: network },
      { rule: LETTER_RATE, subject: call.scope.letterId },
      { rule: EVERYBODY_RATE, subject: 'all' },
    ];
  },
  command: async ({ scope: { slug }, input, now, visitor }) => {
    const running = await product();
    if (input.step !== 'sign') {
      const checked = await checkOpenSigning(running, slug, input, now);
      // Without a fault the form goes back to its page all the same: with what was typed, which the page then shows as it prints.
      return checked.ok ? refusal([]) : checked;
    }
    const age = formAge(running.keys, openForm(slug), input.opened, now);
    if (age !== 'fit') return refusal(age);
    // Who fills in what nobody sees is answered as if it had gone well.
    if (input.topic !== '') return success(null);
    const locale = LOCALES.find((one) => one === visitor.t.locale) ?? 'en';
    return signByOpenLink(running, slug, input, locale, now);
  },
  done: (_, { scope }) => `${openLinkPath(scope.slug)}/sent`,
  form: ({ params }) => openLinkPath(encodeURIComponent(params['slug'] ?? '')),
});
