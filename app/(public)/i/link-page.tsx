import type { Translator } from '../../../lib/i18n/translator.ts';
import { ButtonForm } from '../../_components/ui/button.tsx';
import { Notice } from '../../_components/ui/notice.tsx';
import { PageHead, Shell } from '../../_components/ui/shell.tsx';
import { INVITATION_PATH } from './gate.ts';

/** For whoever is here without a link that opens. `known`: the browser holds one that no longer does. */
export function LinkPage({ t, known, notice }: { readonly t: Translator; readonly known: boolean; readonly notice: string | null }) {
  const kind = known ? 'dead' : 'none';
  return (
    <Shell t={t} languages={INVITATION_PATH}>
      {notice === null ? null : (
        <Notice t={t} said>
          {notice}
        </Notice>
      )}
      <PageHead title={t(`signing.link.${kind}.title`)}>
        <p>{t(`signing.link.${kind}.text`)}</p>
      </PageHead>
      {known ? (
        <div className="actions">
          <ButtonForm action={`${INVITATION_PATH}/fresh`}>{t('signing.link.dead.button')}</ButtonForm>
        </div>
      ) : null}
    </Shell>
  );
}
