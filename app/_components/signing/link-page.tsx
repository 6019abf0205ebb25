import type { Translator } from '../../../lib/i18n/translator.ts';
import { ButtonForm } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { PageHead, Shell } from '../ui/shell.tsx';

interface LinkPageProps {
  readonly t: Translator;
  /** The clean address of the page that the link leads to. */
  readonly path: string;
  /** The browser holds a link that no longer opens. */
  readonly known: boolean;
  /** The browser holds an answer that was typed and not taken. */
  readonly kept: boolean;
  readonly notice: string | null;
}

/** For whoever is here without a link that opens. */
export function LinkPage({ t, path, known, kept, notice }: LinkPageProps) {
  const kind = known ? 'dead' : 'none';
  return (
    <Shell t={t} languages={path}>
      {notice === null ? null : (
        <Notice t={t} said>
          {notice}
        </Notice>
      )}
      <PageHead title={t(`signing.link.${kind}.title`)}>
        <p>{t(`signing.link.${kind}.text`)}</p>
        {kept ? <p>{t('signing.link.kept')}</p> : null}
      </PageHead>
      {known ? (
        <div className="actions">
          <ButtonForm action={`${path}/fresh`}>{t('signing.link.dead.button')}</ButtonForm>
        </div>
      ) : null}
    </Shell>
  );
}
