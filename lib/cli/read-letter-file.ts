import { stat } from 'node:fs/promises';
import { type OnFault, type ReadLetter, type ReadLetterRefusal, readLetter } from '../letter-file/read.ts';
import type { Fault } from '../shared/fault.ts';
import type { Terminal } from './command.ts';
import { fail } from './fail.ts';
import { faultLines, faultSentence } from './fault-sentences.ts';
import { startProgress } from './progress.ts';

export const faultPolicies = ['refuse', 'drop', 'hold'] as const satisfies readonly OnFault[];

/**
 * Opens a letter file, with a bar for a long list; says what is wrong with it where it is refused. Null then.
 * @param input.fate what becomes of every entry with a fault; null where that is only known, and said, later
 */
export async function readForCommand(
  input: {
    readonly letterFile: string;
    readonly signatoriesFile: string | undefined;
    readonly onFault: OnFault;
    readonly fate: 'left out' | null;
    readonly json: boolean;
  },
  terminal: Terminal,
): Promise<ReadLetter | null> {
  const { json, fate, ...files } = input;
  const size =
    input.signatoriesFile === undefined
      ? 0
      : await stat(input.signatoriesFile).then(
          (found) => found.size,
          () => 0,
        );
  const progress = await startProgress(terminal, 'Reading');
  const read = await readLetter({ ...files, onProgress: (bytes) => progress.show(bytes, size) });
  progress.end();
  if (!read.ok) {
    complain(read.reason, json, terminal);
    return null;
  }
  const { flags, faulty, faults, faultCount } = read.value.signatories;
  if (!json && flags.length > 0) terminal.note(`Incomplete in the source, and kept as given:\n${faultLines(flags)}`);
  if (!json && faulty > 0) {
    const [has, is] = faulty === 1 ? ['entry has a fault', 'is'] : ['entries have faults', 'are'];
    terminal.note(`${faulty} ${has}${fate ? ` and ${is} ${fate}` : ''}:\n${faultLines(faults, faultCount)}`);
  }
  return read.value;
}

/** Why a file could not be opened, by the code of the system. */
const UNREADABLE: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder',
  EACCES: 'this user may not read it',
  EPERM: 'this user may not read it',
  ENOTDIR: 'a part of its path is a file, not a folder',
  ENAMETOOLONG: 'its name is too long',
  ELOOP: 'its links lead in a circle',
  EIO: 'the disk reports an error',
  ESPIPE: 'it can be read only once; save it to a file first',
};

/** A fault as JSON gives it: its place and reason, and what is said of it. */
export const withSentence = (fault: Fault) => ({ ...fault, sentence: faultSentence(fault) });

function complain(reason: ReadLetterRefusal, json: boolean, terminal: Terminal): void {
  if (reason.type === 'unreadable') {
    const { type, ...places } = reason;
    fail(terminal, json, type, `${reason.file} cannot be read: ${UNREADABLE[reason.code] ?? reason.code}.`, places);
    return;
  }
  const { type, faults, total } = reason;
  const many = total === 1 ? '1 fault' : `${total} faults`;
  if (json)
    terminal.out(
      `${JSON.stringify({ ok: false, reason: type, sentence: `${many}; nothing was done.`, faults: faults.map(withSentence), total })}\n`,
    );
  terminal.note(`${many}; nothing was done:\n${faultLines(faults, total, true)}`);
}
