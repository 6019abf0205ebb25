import { findLetter } from '../../db/queries/letters.ts';
import { countWaiting, listOpenLinks } from '../../db/queries/open-links.ts';
import type { LetterScope } from '../access/scope.ts';
import type { For } from '../coalitions/access.ts';
import type { Instance } from '../instance.ts';
import { policiesOf } from '../letters/presets.ts';
import { takesSignatures } from '../letters/status.ts';
import { type OpenLinkState, openLinkState } from './open-links.ts';

export interface OpenLinkItem {
  readonly id: string;
  readonly label: string;
  /** To be handed around as it stands. */
  readonly url: string;
  readonly state: OpenLinkState;
  readonly cap: number | null;
  /** Signings by it that were confirmed, and those that wait for it. */
  readonly confirmed: number;
  readonly waiting: number;
  readonly expiresAt: Date | null;
}

export interface OpenLinksPage {
  /** Null where a link can be made; else why none can. */
  readonly none: 'by-invitation-only' | 'letter-not-open' | 'sample' | null;
  readonly zone: string;
  /** The newest first. */
  readonly links: readonly OpenLinkItem[];
}

/** The open links of a letter, and whether it may have more; null where there is no such letter. */
export async function viewOpenLinks(
  { store, config }: Pick<Instance, 'store' | 'config'>,
  scope: For<LetterScope, 'run'>,
  now: Date,
): Promise<OpenLinksPage | null> {
  const letter = await findLetter(store.read, scope.coalitionId, scope.letterId);
  if (!letter) return null;
  const rows = await listOpenLinks(store.read, letter.id);
  const waiting = await countWaiting(store.read, letter.id);
  return {
    none: noneWhy(letter),
    zone: letter.zone,
    links: rows.map((row) => ({
      id: row.id,
      label: row.label,
      url: `${config.origin}/sign/${row.slug}`,
      state: openLinkState(row, now),
      cap: row.cap,
      confirmed: row.count,
      waiting: waiting.get(row.id) ?? 0,
      expiresAt: row.expiresAt,
    })),
  };
}

function noneWhy({ policies, status, sample }: NonNullable<Awaited<ReturnType<typeof findLetter>>>): OpenLinksPage['none'] {
  if (sample) return 'sample';
  if (!policiesOf(policies).openLink) return 'by-invitation-only';
  return takesSignatures(status) ? null : 'letter-not-open';
}
