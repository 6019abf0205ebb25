import { z } from 'zod';
import type { Keys } from '../../lib/crypto/keys.ts';
import { seal, unseal } from '../../lib/crypto/seal.ts';
import { isMessageKey, type MessageKey } from '../../lib/i18n/messages.ts';
import type { MessageValues } from '../../lib/i18n/translator.ts';

/** A sentence shown once, on the page after a change: "The letter is frozen." */
export interface NoticeMessage {
  readonly key: MessageKey;
  readonly values?: MessageValues;
}

/** Long enough for a slow redirect; the next page clears the cookie at once. */
export const NOTICE_SECONDS = 60;

const PLACE = { table: 'notice', id: '', scope: '' };
const CONTENT = z.object({
  key: z.string().refine(isMessageKey),
  values: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
});

/** Notices that are a sentence without values, as they were sealed for the first who got them: nothing in them is anybody's own. */
const sealed = new WeakMap<Keys, Map<MessageKey, string>>();

/** The value of the `notice` cookie. Sealed, so that nobody can put words of their choosing on a page. */
export function sealNotice(keys: Keys, notice: NoticeMessage): string {
  if (notice.values !== undefined) return sealAnew(keys, notice);
  const known = sealed.get(keys) ?? new Map<MessageKey, string>();
  sealed.set(keys, known);
  const cookie = known.get(notice.key) ?? sealAnew(keys, notice);
  known.set(notice.key, cookie);
  return cookie;
}

const sealAnew = (keys: Keys, notice: NoticeMessage): string => seal(keys, PLACE, notice).toString('base64url');

export function openNotice(keys: Keys, cookie: string | null): NoticeMessage | null {
  if (!cookie) return null;
  const opened = unseal(keys, PLACE, Buffer.from(cookie, 'base64url'));
  const content = opened.ok ? CONTENT.safeParse(opened.value) : undefined;
  return content?.success ? { key: content.data.key as MessageKey, values: content.data.values } : null;
}
