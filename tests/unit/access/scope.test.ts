import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type LetterScope, mintLetterScope } from '../../../lib/access/scope.ts';

const ROOT = join(import.meta.dirname, '../../..');
const proof = { coalitionId: 'coa_1', memberId: 'mem_1', role: 'owner', letterId: 'let_1' } as const;

describe('scopes', () => {
  it('cannot be written by hand', () => {
    const take = (scope: LetterScope): string => scope.letterId;
    // @ts-expect-error a plain object proves nothing
    take(proof);
    expect(take(mintLetterScope(proof))).toBe('let_1');
  });

  it('are minted by access.ts of a domain and nowhere else', () => {
    const files = ['app', 'lib', 'db', 'scripts'].flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name)),
    );
    const minting = files.filter((file) => /\.tsx?$/.test(file) && /\bmint\w+Scope\b/.test(readFileSync(join(ROOT, file), 'utf8')));
    expect(minting.filter((file) => !/^lib\/[\w-]+\/access\.ts$/.test(file))).toEqual([join('lib', 'access', 'scope.ts')]);
  });
});
