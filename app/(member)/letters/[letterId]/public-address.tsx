import { loadConfig } from '../../../../lib/config.ts';
import type { Translator } from '../../../../lib/i18n/translator.ts';

/** Where everybody reads the letter, to be copied; before the release too, since it never changes. */
export function PublicAddress({ t, slug, open }: { readonly t: Translator; readonly slug: string; readonly open: boolean }) {
  const address = `${loadConfig().origin}/l/${slug}`;
  return (
    <div className="field">
      <label className="field__label" htmlFor="public-address">
        {t('letters.release.address')}
      </label>
      <p className="field__hint" id="public-address-hint">
        {t(open ? 'letters.release.address.now' : 'letters.release.address.later')}
      </p>
      <input
        className="input"
        id="public-address"
        type="url"
        dir="ltr"
        readOnly
        value={address}
        aria-describedby="public-address-hint"
        autoComplete="off"
      />
      {open ? (
        <p>
          <a href={`/l/${slug}`}>{t('letters.release.open-page')}</a>
        </p>
      ) : null}
    </div>
  );
}
