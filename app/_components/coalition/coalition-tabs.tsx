import type { Translator } from '../../../lib/i18n/translator.ts';

const TABS = [
  { part: 'letters', path: '' },
  { part: 'members', path: '/members' },
  { part: 'settings', path: '/settings' },
] as const;

interface CoalitionTabsProps {
  readonly t: Translator;
  readonly coalition: { readonly id: string; readonly name: string };
  readonly current: (typeof TABS)[number]['part'];
}

/** Which coalition a page is about, and its other pages: somebody may be in several. */
export function CoalitionTabs({ t, coalition, current }: CoalitionTabsProps) {
  return (
    <nav className="tabs" aria-label={t('coalition.tabs')}>
      <p className="tabs__title">
        <bdi>{coalition.name}</bdi>
      </p>
      <ul>
        {TABS.map(({ part, path }) => (
          <li key={part}>
            <a href={`/coalitions/${coalition.id}${path}`} aria-current={part === current ? 'page' : undefined}>
              {t(`coalition.tabs.${part}`)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
