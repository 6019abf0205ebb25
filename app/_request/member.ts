import { cookies } from 'next/headers';
import { notFound, redirect } from 'next/navigation';
import { cache } from 'react';
import type { CoalitionScope, LetterScope } from '../../lib/access/scope.ts';
import { findSignedIn, isEndedSession, type SignedIn } from '../../lib/auth/session.ts';
import { enterCoalition, type For, type MemberAct } from '../../lib/coalitions/access.ts';
import type { Instance } from '../../lib/instance.ts';
import { enterLetter } from '../../lib/letters/access.ts';
import { enterBlock } from '../../lib/letters/block-access.ts';
import { isId } from '../../lib/shared/ids.ts';
import { type Result, refusal, success } from '../../lib/shared/result.ts';
import { type Barrier, SIGN_IN_PATH } from './answer.ts';
import { cookieName } from './cookies.ts';
import { instance } from './instance.ts';
import { product } from './product.ts';
import type { Visitor } from './visitor.ts';

/** Who asks, on the instance that answers. */
export interface Asking {
  readonly running: Instance;
  readonly who: SignedIn;
}

export interface At<Scope> extends Asking {
  /** What the gate proved: commands and views take nothing less. */
  readonly scope: Scope;
}

/**
 * The gate of a mutation that needs no more than somebody signed in.
 * @param by `page` where nobody has done anything: a page asks by itself
 */
export async function askedByMember(visitor: Visitor, by: 'person' | 'page' = 'person'): Promise<Result<Asking, Barrier>> {
  const running = await product();
  const who = await findSignedIn(running, visitor.cookie('session'), visitor.now, by);
  return who ? success({ running, who }) : refusal('sign-in');
}

/** The gate of a mutation in the coalition of the path (`[coalitionId]`). */
export async function askedInCoalition<Act extends MemberAct>(
  visitor: Visitor,
  act: Act,
): Promise<Result<At<For<CoalitionScope, Act>>, Barrier>> {
  const coalitionId = visitor.params['coalitionId'] ?? '';
  // Before anything else: what was typed may be sent back to a path with this id in it, whoever asked.
  if (!isId('coa', coalitionId)) return refusal('not-found');
  const asked = await askedByMember(visitor);
  if (!asked.ok) return asked;
  const scope = await enterCoalition(asked.value.running.store.read, asked.value.who, coalitionId, act);
  return scope.ok ? success({ ...asked.value, scope: scope.value }) : scope;
}

/** The same for a mutation at one of its members (`[memberId]`). */
export async function askedAtMember<Act extends MemberAct>(
  visitor: Visitor,
  act: Act,
): Promise<Result<At<For<CoalitionScope, Act>>, Barrier>> {
  return isId('mem', visitor.params['memberId'] ?? '') ? await askedInCoalition(visitor, act) : refusal('not-found');
}

/** The gate of a mutation at the letter of the path (`[letterId]`). */
export async function askedAtLetter<Act extends MemberAct>(
  visitor: Visitor,
  act: Act,
  by: 'person' | 'page' = 'person',
): Promise<Result<At<For<LetterScope, Act>>, Barrier>> {
  const letterId = visitor.params['letterId'] ?? '';
  // Before anything else: what was typed may be sent back to a path with this id in it, whoever asked.
  if (!isId('let', letterId)) return refusal('not-found');
  const asked = await askedByMember(visitor, by);
  if (!asked.ok) return asked;
  const scope = await enterLetter(asked.value.running.store.read, asked.value.who, letterId, act);
  return scope.ok ? success({ ...asked.value, scope: scope.value }) : scope;
}

/** The same for a mutation at its signatory block that keeps nothing of what was typed. */
export async function askedAtBlock(visitor: Visitor): Promise<Result<At<For<LetterScope, 'draft'>>, Barrier>> {
  const letterId = visitor.params['letterId'] ?? '';
  if (!isId('let', letterId)) return refusal('not-found');
  const asked = await askedByMember(visitor);
  if (!asked.ok) return asked;
  const scope = await enterBlock(asked.value.running.store.read, asked.value.who, letterId);
  return scope.ok ? success({ ...asked.value, scope: scope.value }) : scope;
}

/** The same for a mutation at one of its invitations (`[invitationId]`). */
export async function askedAtInvitation<Act extends MemberAct>(
  visitor: Visitor,
  act: Act,
): Promise<Result<At<For<LetterScope, Act>>, Barrier>> {
  return isId('inv', visitor.params['invitationId'] ?? '') ? await askedAtLetter(visitor, act) : refusal('not-found');
}

/** The same for a mutation at one of its entries (`[signatureId]`). */
export async function askedAtSignature<Act extends MemberAct>(
  visitor: Visitor,
  act: Act,
): Promise<Result<At<For<LetterScope, Act>>, Barrier>> {
  return isId('sig', visitor.params['signatureId'] ?? '') ? await askedAtLetter(visitor, act) : refusal('not-found');
}

/**
 * Lets a long form through whose writer's session ended while they wrote, with null for a scope: the command refuses it, what was typed
 * is kept, and the page asks them to sign in first.
 */
export async function orEnded<Scope>(visitor: Visitor, asked: Result<Scope, Barrier>): Promise<Result<Scope | null, Barrier>> {
  if (asked.ok || asked.reason !== 'sign-in') return asked;
  return (await isEndedSession(await product(), visitor.cookie('session'))) ? success(null) : asked;
}

/** Who looks at a page, or null. Asked once a request, however many parts of the page want to know. */
export const currentMember = cache(async (): Promise<Asking | null> => {
  const { secureCookies, now } = instance();
  const running = await product();
  const cookie = (await cookies()).get(cookieName('session', secureCookies))?.value ?? null;
  const who = await findSignedIn(running, cookie, now());
  return who && { running, who };
});

/**
 * Who looks at a page; whoever is not signed in goes to the sign-in page.
 * @param path the page's own, where whoever signs in should come back to it
 */
export async function requireMember(path?: string): Promise<Asking> {
  const asking = await currentMember();
  if (asking) return asking;
  redirect(path === undefined ? SIGN_IN_PATH : `${SIGN_IN_PATH}?to=${encodeURIComponent(path)}`);
}

/** Whoever may not do what a page is for sees no such page. */
export async function requireCoalition<Act extends MemberAct>(
  coalitionId: string,
  act: Act,
  path = `/coalitions/${coalitionId}`,
): Promise<At<For<CoalitionScope, Act>>> {
  const asking = await requireMember(path);
  const scope = await enterCoalition(asking.running.store.read, asking.who, coalitionId, act);
  if (!scope.ok) notFound();
  return { ...asking, scope: scope.value };
}

export async function requireLetter<Act extends MemberAct>(
  letterId: string,
  act: Act,
  path = `/letters/${letterId}`,
): Promise<At<For<LetterScope, Act>>> {
  const asking = await requireMember(path);
  const scope = await enterLetter(asking.running.store.read, asking.who, letterId, act);
  if (!scope.ok) notFound();
  return { ...asking, scope: scope.value };
}

export async function requireBlock(letterId: string, path: string): Promise<At<For<LetterScope, 'draft'>>> {
  const asking = await requireMember(path);
  const scope = await enterBlock(asking.running.store.read, asking.who, letterId);
  if (!scope.ok) notFound();
  return { ...asking, scope: scope.value };
}
