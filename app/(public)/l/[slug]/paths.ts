/** The permanent address of a letter that everybody may read. */
export const publicPath = (slug: string): string => `/l/${slug}`;

/** The same page with something asked of it. */
export function publicPathWith(slug: string, asked: Readonly<Record<string, string | null>>, anchor = ''): string {
  const query = new URLSearchParams(Object.entries(asked).filter((entry): entry is [string, string] => Boolean(entry[1])));
  return `${publicPath(slug)}${query.size === 0 ? '' : `?${query}`}${anchor}`;
}
