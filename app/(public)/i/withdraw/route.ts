import { withdrawForm } from '../../../../lib/signatures/schema.ts';
import { withdrawByInvitation } from '../../../../lib/signatures/withdraw.ts';
import { mutate } from '../../../_request/mutate.ts';
import { answerRate, INVITATION_PATH, invitationGate, running } from '../gate.ts';

export const POST = mutate({
  name: 'withdraw',
  schema: withdrawForm,
  limit: 4_000,
  who: invitationGate,
  rates: ({ scope }) => [answerRate('withdraw', scope)],
  command: async ({ scope, input, now }) => withdrawByInvitation(await running(), scope, input, now),
  done: () => ({ to: INVITATION_PATH, notice: { key: 'signing.done.withdrawn' } }),
  form: () => INVITATION_PATH,
});
