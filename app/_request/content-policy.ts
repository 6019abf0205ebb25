/**
 * Beginnings of the paths whose pages run scripts: the members' desk, and the open link's signing page. Every other page, above all
 * the public letter, confirmation, withdrawal and a signatory's own page, goes out with scripts forbidden.
 */
export const SCRIPTED_PATHS = ['/desk', '/s'] as const;

export const runsScripts = (path: string): boolean => SCRIPTED_PATHS.some((start) => path === start || path.startsWith(`${start}/`));

export interface PolicyFacts {
  /** 128 random bits or more, of this answer alone; null forbids scripts. */
  readonly nonce: string | null;
  readonly https: boolean;
  /** The development server evaluates code, sets styles inline and talks over a socket. */
  readonly development: boolean;
}

/** The Content-Security-Policy of a page (CSP level 3). Nothing comes from another host, ever. */
export function contentPolicy({ nonce, https, development }: PolicyFacts): string {
  const scripts = nonce === null ? "'none'" : `'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`;
  return [
    "default-src 'none'",
    `script-src ${scripts}`,
    `style-src 'self'${development ? " 'unsafe-inline'" : ''}`,
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src ${nonce === null ? "'none'" : "'self'"}`,
    "form-action 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
    ...(https ? ['upgrade-insecure-requests'] : []),
  ].join('; ');
}
