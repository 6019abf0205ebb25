import { MEMBER_INVITATION_HOURS } from '../coalitions/invitation-link.ts';
import { inviteCoordinator } from '../coalitions/invite.ts';
import { readArguments } from './arguments.ts';
import type { Command, ExitCode, Terminal } from './command.ts';
import { fail, misuse } from './fail.ts';
import { withInstance } from './open-instance.ts';

const NAME = 'coordinator invite';
const USAGE = `Usage: undersigned coordinator invite EMAIL --coalition NAME [--json]

Prints a link by which that person becomes a coordinator of the coalition; its owner where it has none yet. A coalition of a new name
is founded. The link opens once, within ${MEMBER_INVITATION_HOURS} hours; hand it to the person yourself. A drafter or observer of the
coalition becomes a coordinator at once, without a link.
`;

const IN_WORDS = { owner: 'its owner', coordinator: 'a coordinator', drafter: 'a drafter', observer: 'an observer' } as const;

async function run(args: readonly string[], terminal: Terminal, now: () => Date): Promise<ExitCode> {
  const given = readArguments(args, { coalition: { type: 'string' } }, ['EMAIL']);
  const wrong = given.ok ? (given.value.values.coalition === undefined ? '--coalition is missing.' : null) : given.reason;
  if (!given.ok || wrong !== null) return misuse(terminal, NAME, args, wrong ?? '');
  const { values, positionals } = given.value;
  const [email = ''] = positionals;
  const json = values.json === true;
  const coalitionName = values.coalition ?? '';
  return await withInstance(terminal, json, now, async (instance) => {
    const invited = await inviteCoordinator(instance, { email, coalitionName }, now());
    if (!invited.ok) {
      const sentence =
        invited.reason === 'coalition-name' ? 'A coalition needs a name of at most 200 characters.' : `"${email}" is no e-mail address.`;
      fail(terminal, json, invited.reason, sentence);
      return 2;
    }
    const { link, role, was, founded } = invited.value;
    if (json) terminal.out(`${JSON.stringify({ ok: true, link, role, founded, was })}\n`);
    else if (link === null) {
      const changed = role === was ? 'nothing was changed' : `${IN_WORDS[role]} from now on`;
      terminal.note(`${email} is ${IN_WORDS[was ?? role]} of “${coalitionName}” already: ${changed}. They sign in as before.\n`);
    } else {
      if (founded) terminal.note(`The coalition “${coalitionName}” was founded.\n`);
      terminal.note(`This link makes ${email} ${IN_WORDS[role]}. It opens once, within ${MEMBER_INVITATION_HOURS} hours:\n`);
      terminal.out(`${link}\n`);
    }
    return 0;
  });
}

export const command: Command = { name: NAME, summary: 'invite somebody to run letters', usage: USAGE, run };
