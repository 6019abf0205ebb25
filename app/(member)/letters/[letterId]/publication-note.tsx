import type { Translator } from '../../../../lib/i18n/translator.ts';
import type { PublicationCounts } from '../../../../lib/letters/editions.ts';

/** How many entries do not stand in the public copy by name, and where they do; nothing where all do. */
export function PublicationNote({ t, counts: { addressee, counted } }: { readonly t: Translator; readonly counts: PublicationCounts }) {
  if (addressee + counted === 0) return null;
  return (
    <p className="block-note">
      {addressee === 0 ? null : <span>{t('letters.editions.addressee', { count: addressee })} </span>}
      {counted === 0 ? null : <span>{t('letters.editions.counted', { count: counted })}</span>}
    </p>
  );
}
