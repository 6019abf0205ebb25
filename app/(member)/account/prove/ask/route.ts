import { proveForm } from '../../../../../lib/auth/schema.ts';
import { askOverLimit, askToSignIn, signInClaim } from '../../../../../lib/auth/sign-in.ts';
import { parseEmailAddress } from '../../../../../lib/crypto/email-address.ts';
import { TYPED_FORM_LIMIT } from '../../../../_request/body.ts';
import { askedByMember } from '../../../../_request/member.ts';
import { mutate } from '../../../../_request/mutate.ts';
import { SIGN_IN_RATE } from '../../../../_request/rate-rules.ts';
import { goneToMailbox, sayInTerminal } from '../../../../_request/sign-in-asked.ts';

/** Mails a sign-in link to the member's own address; confirmed, it brings them back to where they were. */
export const POST = mutate({
  name: 'prove',
  schema: proveForm,
  limit: TYPED_FORM_LIMIT,
  who: askedByMember,
  rates: ({ scope: { who }, visitor }) => {
    const own = parseEmailAddress(who.person.email);
    return [{ rule: SIGN_IN_RATE, subject: visitor.network }, ...(own.ok ? [signInClaim(visitor.network, own.value)] : [])];
  },
  overLimit: async ({ scope: { running, who }, visitor, now }, { rule }) => {
    const own = parseEmailAddress(who.person.email);
    if (rule === SIGN_IN_RATE || !own.ok) return null;
    return await askOverLimit(running, { email: own.value, browser: visitor.cookie('sign-in-browser') }, now);
  },
  command: ({ scope: { running, who }, visitor, now }) =>
    askToSignIn(running, { email: who.person.email, browser: visitor.cookie('sign-in-browser'), t: visitor.t, onKept: sayInTerminal }, now),
  done: ({ browser }, { input: { to } }) => goneToMailbox(browser, to),
  form: () => '/account/prove',
});
