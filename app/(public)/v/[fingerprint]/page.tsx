import { notFound, redirect } from 'next/navigation';
import { findByFingerprint } from '../../../../lib/letters/public-page.ts';
import { parseFingerprint } from '../../../../lib/text/fingerprint.ts';
import { product } from '../../../_request/product.ts';
import { publicPathWith } from '../../l/[slug]/paths.ts';

/** The permanent address of a fingerprint: leads to the letter of that text, where everybody may read it. */
export default async function FingerprintPage({ params }: { readonly params: Promise<{ readonly fingerprint: string }> }) {
  const fingerprint = parseFingerprint((await params).fingerprint);
  const found = fingerprint === null ? null : await findByFingerprint(await product(), fingerprint, new Date());
  if (!found) notFound();
  redirect(publicPathWith(found.slug, { language: found.language }));
}
