import type { ReactNode } from 'react';
import { LOCALE_NAMES, localesFor } from '../../../lib/i18n/locales.ts';
import type { Translator } from '../../../lib/i18n/translator.ts';
import { languageDirection } from '../../../lib/text/direction.ts';

export interface NavItem {
  readonly href: string;
  readonly label: string;
  readonly current?: boolean;
}

export interface ShellProps {
  readonly t: Translator;
  readonly children: ReactNode;
  /** `public`: one calm column for signatories and readers. `member`: the desk, wider, with navigation. */
  readonly variant?: 'public' | 'member';
  readonly nav?: readonly NavItem[];
  /** Stands beside the name: the coalition's, say. */
  readonly context?: ReactNode;
  /** At the end of the bar: signing out. */
  readonly end?: ReactNode;
  /** The page's own path, with what it was asked, where it can be read in other languages. */
  readonly languages?: string;
  /** Where the name leads. */
  readonly home?: string;
}

/** The frame of every page. Bears its own language, since a letter's page may speak another than the document's. */
export function Shell({ t, children, variant = 'public', nav = [], context, end, languages, home = '/' }: ShellProps) {
  return (
    <div className={`shell shell--${variant}`} lang={t.locale} dir={t.direction}>
      <a className="skip-link" href="#main">
        {t('ui.skip-to-content')}
      </a>
      <header className="shell__header">
        <div className="shell__bar">
          <a className="wordmark" href={home}>
            {t('app.name')}
          </a>
          {context ? <span className="shell__context">{context}</span> : null}
          {nav.length > 0 ? <Nav label={t('ui.main-navigation')} items={nav} /> : null}
          {languages === undefined ? null : <Languages t={t} path={languages} />}
          {end}
        </div>
      </header>
      <main className="shell__main" id="main" tabIndex={-1}>
        {children}
      </main>
      <footer className="shell__foot">
        <p>{t('ui.footer')}</p>
      </footer>
    </div>
  );
}

function Nav({ label, items }: { readonly label: string; readonly items: readonly NavItem[] }) {
  return (
    <nav className="nav" aria-label={label}>
      <ul>
        {items.map(({ href, label: words, current }) => (
          <li key={href}>
            <a href={href} aria-current={current ? 'page' : undefined}>
              {words}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Each language under its own name, in its own direction. */
function Languages({ t, path }: { readonly t: Translator; readonly path: string }) {
  return (
    <nav className="nav" aria-label={t('ui.choose-language')}>
      <ul>
        {localesFor('public').map((locale) => (
          <li key={locale}>
            <a
              href={`${path}${path.includes('?') ? '&' : '?'}lang=${locale}`}
              lang={locale}
              dir={languageDirection(locale)}
              hrefLang={locale}
              aria-current={locale === t.locale ? 'true' : undefined}
            >
              {LOCALE_NAMES[locale]}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Heading of a page: what is above it, the title, what introduces it, what can be done. */
export function PageHead({
  title,
  over,
  children,
  actions,
}: {
  readonly title: ReactNode;
  readonly over?: ReactNode;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
}) {
  return (
    <div className="page-head">
      {over ? <p className="page-head__over">{over}</p> : null}
      <h1>{title}</h1>
      {children}
      {actions ? <div className="page-head__actions">{actions}</div> : null}
    </div>
  );
}
