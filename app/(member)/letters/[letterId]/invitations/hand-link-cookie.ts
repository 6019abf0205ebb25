import type { LetterScope } from '../../../../../lib/access/scope.ts';
import type { HandedOver } from '../../../../../lib/invitations/by-hand.ts';
import { setCookie } from '../../../../_request/cookies.ts';
import { HAND_LINK_SECONDS, sealHandLink } from '../../../../_request/hand-link.ts';
import { instance } from '../../../../_request/instance.ts';
import { handLinkPath } from './paths.ts';

/** To the page that shows a link that was just made, with the link in a cookie that this page ends: it stands in no address and no row. */
export function toHandLink({ letterId, memberId }: LetterScope, made: HandedOver, now: Date) {
  const { keys, secureCookies: secure } = instance();
  const cookie = setCookie('hand-link', sealHandLink(keys, made, memberId, now), { secure, maxAge: HAND_LINK_SECONDS });
  return { to: handLinkPath(letterId, made.invitationId), cookies: [cookie] };
}
