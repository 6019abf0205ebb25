import { Fragment } from 'react';
import type { Translator } from '../../../lib/i18n/translator.ts';
import type { DiffPart } from '../../../lib/text/diff.ts';

interface DifferenceProps {
  readonly t: Translator;
  readonly parts: readonly DiffPart[];
  readonly lang?: string;
  readonly dir?: 'ltr' | 'rtl';
  /** Both in one running text, or only one side of it. */
  readonly side?: 'both' | 'before' | 'after';
}

/** A changed text with what went and what came marked: by colour, by line, and in words for whoever hears it. */
export function Difference({ t, parts, lang, dir, side = 'both' }: DifferenceProps) {
  const hidden = side === 'before' ? 'added' : side === 'after' ? 'removed' : null;
  const shown = parts.filter(({ kind }) => kind !== hidden);
  return (
    <div className="difference" lang={lang} dir={dir ?? 'auto'}>
      {shown.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text have no other name than their place
        <Fragment key={index}>
          <Marked t={t} part={part} />
        </Fragment>
      ))}
    </div>
  );
}

function Marked({ t, part: { kind, text } }: { readonly t: Translator; readonly part: DiffPart }) {
  if (kind === 'equal') return text;
  const Mark = kind === 'added' ? 'ins' : 'del';
  return (
    <Mark>
      <Spoken t={t} words={t(kind === 'added' ? 'ui.added' : 'ui.removed')} />
      {text}
      <Spoken t={t} words={t('ui.end-of-change')} />
    </Mark>
  );
}

/** In the page's language, within a text of another. */
const Spoken = ({ t, words }: { readonly t: Translator; readonly words: string }) => (
  <span className="visually-hidden" lang={t.locale}>
    {` [${words}] `}
  </span>
);
