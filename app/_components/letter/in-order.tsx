import { Fragment, type ReactNode } from 'react';

/** Renders the pieces of a frozen text: they may repeat and never move, so order is the only identity they have. */
export function inOrder<Item>(items: readonly Item[], render: (item: Item, index: number) => ReactNode): ReactNode {
  return items.map((item, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: see above
    <Fragment key={index}>{render(item, index)}</Fragment>
  ));
}
