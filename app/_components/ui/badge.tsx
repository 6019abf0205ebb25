/** A state in a word. The word says it; the colour only helps. */
export function Badge({
  children,
  tone = 'plain',
}: {
  readonly children: string;
  readonly tone?: 'plain' | 'accent' | 'success' | 'warning' | 'error';
}) {
  return <span className={tone === 'plain' ? 'badge' : `badge badge--${tone}`}>{children}</span>;
}
