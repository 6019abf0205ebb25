import type { ReactNode } from 'react';

/** What most people need not read or fill in. Opens without JavaScript; `open` where a fault lies inside. */
export function Details({
  summary,
  children,
  open = false,
}: {
  readonly summary: string;
  readonly children: ReactNode;
  readonly open?: boolean;
}) {
  return (
    <details className="details" open={open}>
      <summary>
        <span>{summary}</span>
      </summary>
      <div className="details__body">{children}</div>
    </details>
  );
}
