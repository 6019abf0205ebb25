import type { FlowItem } from './flow.ts';

/** The items in groups that stay on one page. */
export function groupsOf(items: readonly FlowItem[]): FlowItem[][] {
  const groups: FlowItem[][] = [];
  let open = false;
  for (const item of items) {
    if (open) groups.at(-1)?.push(item);
    else groups.push([item]);
    open = item.keep;
  }
  return groups;
}

/** Points the items take, one below the other. */
export const heightOf = (items: readonly FlowItem[], atTop: boolean): number =>
  items.reduce((sum, item, index) => sum + item.height + (index === 0 && atTop ? 0 : item.before), 0);
