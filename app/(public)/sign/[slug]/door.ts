import type { Result } from '../../../../lib/shared/result.ts';
import { refusal, success } from '../../../../lib/shared/result.ts';
import { readOpenLink } from '../../../../lib/signatures/open-links.ts';
import type { Barrier } from '../../../_request/answer.ts';
import type { FormKeeping } from '../../../_request/form-drafts.ts';
import { product } from '../../../_request/product.ts';
import type { Visitor } from '../../../_request/visitor.ts';

export const openLinkPath = (slug: string): string => `/sign/${slug}`;

/** Names the form of one link, for what is sealed or proved for it alone. */
export const openForm = (slug: string): string => `open-sign/${slug}`;

export interface OpenDoor {
  readonly slug: string;
  readonly letterId: string;
}

/** An open link is an address, not a secret: whoever has it may come in. */
export async function openDoorGate({ params }: Visitor): Promise<Result<OpenDoor, Barrier>> {
  const slug = params['slug'] ?? '';
  const found = await readOpenLink(await product(), slug);
  return found ? success({ slug, letterId: found.letter.id }) : refusal('not-found');
}

/** As long as the form itself may lie open: somebody asks their board how to put it. */
export const KEPT_LIKE_THE_FORM: FormKeeping = { cookie: 'answer-form', minutes: 120, bytes: 3_000 };
