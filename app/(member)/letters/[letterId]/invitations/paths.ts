import type { RateRule } from '../../../../../lib/rates/rate.ts';

export const invitationsPath = (letterId: string): string => `/letters/${letterId}/invitations`;

export const wordingPath = (letterId: string): string => `${invitationsPath(letterId)}/mail`;
export const readdressPath = (letterId: string, invitationId: string): string => `${invitationsPath(letterId)}/${invitationId}/address`;
export const byHandPath = (letterId: string): string => `${invitationsPath(letterId)}/by-hand`;
export const handLinkPath = (letterId: string, invitationId: string): string => `${invitationsPath(letterId)}/${invitationId}/link`;

/** Tests that one member sends to their own address. */
export const TEST_MAIL_RATE: RateRule = {
  name: 'test-mail',
  windows: [
    { seconds: 3_600, most: 20 },
    { seconds: 86_400, most: 60 },
  ],
};

/** Mails that one letter's coordinators can cause: a large coalition's list, and no more. */
export const INVITING_RATE: RateRule = {
  name: 'inviting',
  windows: [
    { seconds: 3_600, most: 300 },
    { seconds: 86_400, most: 2_000 },
  ],
};
