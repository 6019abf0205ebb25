import bidiFactory from 'bidi-js';

const bidi = bidiFactory();
export type BaseDirection = 'ltr' | 'rtl' | 'auto';

/** Embedding level of every UTF-16 unit (UAX #9), and the level of the paragraph. */
export function embeddingLevels(text: string, direction: BaseDirection): { readonly levels: Uint8Array; readonly base: number } {
  const { levels, paragraphs } = bidi.getEmbeddingLevels(text, direction);
  return { levels, base: paragraphs[0]?.level ?? (direction === 'rtl' ? 1 : 0) };
}

/** Rule L2: logical to visual order, in place. */
export function reorderVisually<Item extends { readonly level: number }>(items: Item[]): void {
  let highest = 0;
  for (const { level } of items) highest = Math.max(highest, level);
  for (let level = highest; level > 0; level--) {
    for (let start = 0; start < items.length; start++) {
      if ((items[start]?.level ?? 0) < level) continue;
      let end = start + 1;
      while (end < items.length && (items[end]?.level ?? 0) >= level) end++;
      items.splice(start, end - start, ...items.slice(start, end).reverse());
      start = end;
    }
  }
}
