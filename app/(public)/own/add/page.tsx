import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { loadConfig } from '../../../../lib/config.ts';
import { type OwnPage, viewOwnPage } from '../../../../lib/signatures/own-view.ts';
import { addForm } from '../../../../lib/signatures/schema.ts';
import { readReview } from '../../../_components/signing/review.ts';
import { ReviewPage } from '../../../_components/signing/review-page.tsx';
import { SignFields } from '../../../_components/signing/sign-fields.tsx';
import { ButtonLink } from '../../../_components/ui/button.tsx';
import { ErrorSummary } from '../../../_components/ui/error-summary.tsx';
import { PageHead, Shell } from '../../../_components/ui/shell.tsx';
import { cookieName } from '../../../_request/cookies.ts';
import { requestTranslator } from '../../../_request/locale.ts';
import { product } from '../../../_request/product.ts';
import { doorIn, openDoor, ownPath, pageBehind } from '../door.ts';
import { readOwnForm } from '../own-form.ts';

export async function generateMetadata(): Promise<Metadata> {
  const t = await requestTranslator();
  return { title: t('signing.own.page-title') };
}

type Asked = string | readonly string[] | undefined;

/** A second organisation, or oneself, added to what was signed: the same fields, the same last look and the same gates. */
export default async function AddPage({
  searchParams,
}: {
  readonly searchParams: Promise<{ readonly by?: Asked; readonly change?: Asked }>;
}) {
  const { by, change } = await searchParams;
  const door = doorIn(typeof by === 'string' ? by : null);
  const token = (await cookies()).get(cookieName(door, loadConfig().secureCookies))?.value ?? '';
  const instance = await product();
  const opened = await openDoor(instance, door, token);
  const now = new Date();
  const page = opened.ok ? await viewOwnPage(instance, opened.value, now) : null;
  // The page with the entries says how to get in, or what became of them.
  if (!page || !mayAdd(page, now)) redirect(pageBehind(door));
  const { letter, own } = page;
  const t = await requestTranslator('public', page.locale);
  const path = ownPath(door, 'add');
  const form = await readOwnForm(t, 'sign', door, own.signingId, { name: own.signedBy.name, signer: own.toAdd[0] ?? null }, path);
  const review =
    change === undefined ? readReview(letter, form, (typed) => addForm.safeParse({ ...typed, signing: own.signingId }).data ?? null) : null;
  return (
    <Shell t={t} languages={path}>
      {review ? (
        <ReviewPage
          t={t}
          letter={letter}
          form={form}
          review={review}
          action={ownPath(door, 'add/save')}
          sends={{ signing: own.signingId }}
          change={`${path}${path.includes('?') ? '&' : '?'}change=1`}
          button={t('signing.review.sign')}
        />
      ) : (
        <>
          <ErrorSummary t={t} form={form} />
          <PageHead title={t('signing.add.title')} over={letter.text.headline}>
            <p>{t('signing.add.lead', { name: own.signedBy.name })}</p>
          </PageHead>
          <form className="form signing" method="post" action={ownPath(door, 'add/save')} noValidate>
            <input type="hidden" name="signing" value={own.signingId} />
            <SignFields
              t={t}
              form={form}
              letter={letter}
              signers={own.toAdd}
              organisation={own.toAdd.includes('organisation') ? t('signing.signer.another-organisation') : null}
              language={page.locale}
              adding
            />
          </form>
          <div className="actions">
            <ButtonLink look="quiet" href={pageBehind(door)}>
              {t('signing.correct.back')}
            </ButtonLink>
          </div>
        </>
      )}
    </Shell>
  );
}

const mayAdd = ({ letter: { status, deadlineAt }, own: { toAdd } }: OwnPage, now: Date): boolean =>
  toAdd.length > 0 && status === 'open' && (deadlineAt === null || deadlineAt > now);
