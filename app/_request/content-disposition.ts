import type { FileName } from '../../lib/letters/file-name.ts';

/** What RFC 5987 (3.2.1, `attr-char`) wants encoded although `encodeURIComponent` leaves it. */
const encoded = (name: string): string =>
  encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** The header that names a file: in ASCII for whoever reads no more, and in its own script (RFC 6266, 4.3) where that differs. */
export const contentDisposition = (how: 'inline' | 'attachment', { plain, own }: FileName): string =>
  `${how}; filename="${plain}"${own === plain ? '' : `; filename*=UTF-8''${encoded(own)}`}`;
