import type { Translator } from '../../../lib/i18n/translator.ts';
import { Button } from '../../_components/ui/button.tsx';

/** Opens what is typed as it would look, in a page of its own; nothing is saved by it. */
export function PreviewButtons({ t, path }: { readonly t: Translator; readonly path: string }) {
  return (
    <>
      <Button look="quiet" formAction={`${path}/preview`} formTarget="_blank">
        {t('letters.live.page')}
      </Button>
      <Button look="quiet" formAction={`${path}/preview/pdf`} formTarget="_blank">
        {t('letters.live.pdf')}
      </Button>
    </>
  );
}
