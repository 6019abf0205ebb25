import { createHash } from 'node:crypto';
import { pageStyle } from '../../lib/html/style.ts';
import { STYLE } from './refusal-page.ts';

/**
 * Beginnings of the paths whose pages run scripts: the members' desk, and the open link's signing page. Every other page, above all
 * the public letter, confirmation, withdrawal and a signatory's own page, goes out with scripts forbidden.
 */
export const SCRIPTED_PATHS = ['/desk'] as const;

/** The form behind an open link: a script works for it in the background. Not the page after it. */
const OPEN_SIGN_PATH = /^\/sign\/[\w-]+$/;

/** Pages on which letters and their lists are set: what is typed shows beside the form as it will look. */
const WRITING_PATHS = [/^\/letters\/[\w-]+\/texts\/[\w-]+$/, /^\/letters\/[\w-]+\/block$/, /^\/coalitions\/[\w-]+\/letters\/new$/] as const;

/** Entries of a list can be dragged to their place. */
const ORDER_PATH = /^\/letters\/[\w-]+\/block\/order$/;

/** An open list is told what has come since. */
const LIST_PATH = /^\/letters\/[\w-]+\/list$/;

const isWriting = (path: string): boolean => WRITING_PATHS.some((pattern) => pattern.test(path));

export const runsScripts = (path: string): boolean =>
  SCRIPTED_PATHS.some((start) => path === start || path.startsWith(`${start}/`)) ||
  isWriting(path) ||
  ORDER_PATH.test(path) ||
  LIST_PATH.test(path) ||
  OPEN_SIGN_PATH.test(path);

/** Where a mail is shown as it will leave, in a frame of this host. */
const MAIL_PATH = /^\/letters\/[\w-]+\/invitations\/mail$/;

export const framesMail = (path: string): boolean => MAIL_PATH.test(path);

const sha256 = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const PREVIEW_STYLE = sha256(pageStyle);
const STANDING_STYLE = sha256(STYLE);

/**
 * Hashes of the inline styles a page may hold. Any path may be answered by a handler's own short page, whose policy gives way to this
 * one; the frame of a preview has the policy of the page around it.
 */
export const inlineStyles = (path: string): readonly string[] => (isWriting(path) ? [STANDING_STYLE, PREVIEW_STYLE] : [STANDING_STYLE]);

export interface PolicyFacts {
  /** 128 random bits or more, of this answer alone; null forbids scripts. */
  readonly nonce: string | null;
  readonly https: boolean;
  /** Of `framesMail`. */
  readonly frames?: boolean;
  /** Of `inlineStyles`. */
  readonly styles?: readonly string[];
  /** The development server evaluates code, sets styles inline and talks over a socket. */
  readonly development: boolean;
}

/** The Content-Security-Policy of a page (CSP level 3). Nothing comes from another host, ever. */
export function contentPolicy({ nonce, https, development, styles = [], frames = false }: PolicyFacts): string {
  const scripts = nonce === null ? "'none'" : `'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`;
  return [
    "default-src 'none'",
    `script-src ${scripts}`,
    ["style-src 'self'", ...(development ? ["'unsafe-inline'"] : styles)].join(' '),
    "img-src 'self' data:",
    "font-src 'self'",
    `connect-src ${nonce === null ? "'none'" : "'self'"}`,
    ...(frames ? ["frame-src 'self'"] : []),
    "form-action 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
    ...(https ? ['upgrade-insecure-requests'] : []),
  ].join('; ');
}
