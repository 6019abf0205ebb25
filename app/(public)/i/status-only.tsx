import type { Translator } from '../../../lib/i18n/translator.ts';
import { statusWords } from '../../../lib/signatures/mail.ts';
import type { OwnSigning } from '../../../lib/signatures/own-view.ts';
import type { ShownLetter } from '../../../lib/signatures/shown-letter.ts';
import { titleOf } from '../../_components/signing/own-entries.tsx';
import { WithdrawnNotice } from '../../_components/signing/withdrawn-letter.tsx';
import { PageHead } from '../../_components/ui/shell.tsx';

interface StatusOnlyProps {
  readonly t: Translator;
  readonly letter: ShownLetter;
  readonly own: OwnSigning;
}

/** How things stand with an answer that is its owner's alone: behind a link that others have held, and that does nothing about it any more. */
export function StatusOnly({ t, letter, own: { entries } }: StatusOnlyProps) {
  const standing = { namesHidden: letter.namesHidden, reader: letter.reader || t('signing.the-addressee') };
  const said = [...new Set(entries.map((entry) => statusWords(t, { ...entry, ...standing })))];
  if (letter.withdrawn !== null) {
    return (
      <>
        <PageHead title={letter.text.headline} />
        <WithdrawnNotice t={t} withdrawn={letter.withdrawn} signed={false} />
      </>
    );
  }
  return (
    <>
      <PageHead title={t(titleOf(entries))} over={letter.text.headline}>
        {said.map((sentence) => (
          <p key={sentence} className="lead">
            {sentence}
          </p>
        ))}
      </PageHead>
      <p>{t('signing.own.by-mail')}</p>
    </>
  );
}
