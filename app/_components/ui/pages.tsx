import type { Translator } from '../../../lib/i18n/translator.ts';

export interface PagesProps {
  readonly t: Translator;
  /** What the pages are of, for those who don't see them. */
  readonly label: string;
  /** From 1. */
  readonly number: number;
  readonly pages: number;
  readonly hrefOf: (page: number) => string;
}

/** Links to the first, the neighbouring and the last page. */
export function Pages({ t, label, number, pages, hrefOf }: PagesProps) {
  if (pages < 2) return null;
  const links = [
    { page: 1, text: t('ui.pages.first'), shown: number > 1 },
    { page: number - 1, text: t('ui.pages.previous'), shown: number > 2, rel: 'prev' },
    { page: number + 1, text: t('ui.pages.next'), shown: number < pages - 1, rel: 'next' },
    { page: pages, text: t('ui.pages.last'), shown: number < pages },
  ];
  return (
    <nav aria-label={label} className="actions">
      <span>{t('ui.pages.at', { number, pages })}</span>
      {links.map(({ page, text, shown, rel }) =>
        shown ? (
          <a key={text} href={hrefOf(page)} rel={rel}>
            {text}
          </a>
        ) : null,
      )}
    </nav>
  );
}
