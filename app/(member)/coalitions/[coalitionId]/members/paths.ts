import type { RateRule } from '../../../../../lib/rates/rate.ts';
import type { Visitor } from '../../../../_request/visitor.ts';

export const membersPath = (coalitionId: string): string => `/coalitions/${coalitionId}/members`;
export const memberPagePath = (coalitionId: string, memberId: string): string => `${membersPath(coalitionId)}/${memberId}`;

/** The pages that mutations of the path's coalition, and member, stand on. */
export const membersForm = ({ params }: Visitor): string => membersPath(params['coalitionId'] ?? '');
export const memberForm = ({ params }: Visitor): string => memberPagePath(params['coalitionId'] ?? '', params['memberId'] ?? '');

/** Mails to members-to-be that one coalition can cause. */
export const INVITING_MEMBERS_RATE: RateRule = {
  name: 'inviting-members',
  windows: [
    { seconds: 3_600, most: 60 },
    { seconds: 86_400, most: 200 },
  ],
};
