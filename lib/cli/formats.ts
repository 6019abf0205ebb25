import type { LetterDocument } from '../document/model.ts';

export const pageSizes = ['a4', 'letter'] as const;

export interface RenderOptions {
  readonly page: (typeof pageSizes)[number];
  readonly tagged: boolean;
  readonly pdfa: '1b' | null;
  readonly blockOnly: boolean;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Writes a document into `write`, in pieces; each renderer is loaded only when it is asked for. */
type Renderer = (document: LetterDocument, options: RenderOptions, write: (piece: Uint8Array | string) => void) => Promise<RenderReport>;

export interface RenderReport {
  /** Characters no font of ours has, as `U+1F600`. */
  readonly missing: readonly string[];
  readonly pages?: number;
}

async function pour(pieces: AsyncIterable<string>, write: (piece: string) => void): Promise<RenderReport> {
  for await (const piece of pieces) write(piece);
  return { missing: [] };
}

export const renderers = {
  async pdf(document, options, write) {
    const { renderPdf } = await import('../pdf/render.ts');
    return await renderPdf(document, options, { write });
  },
  async html(document, { blockOnly }, write) {
    const { renderHtml } = await import('../html/page.ts');
    return await pour(renderHtml(document, { blockOnly }), write);
  },
  async md(document, { blockOnly }, write) {
    const { renderMarkdown } = await import('../plain/markdown.ts');
    return await pour(renderMarkdown(document, { blockOnly }), write);
  },
  async txt(document, { blockOnly }, write) {
    const { renderText } = await import('../plain/text.ts');
    return await pour(renderText(document, { blockOnly }), write);
  },
} as const satisfies Record<string, Renderer>;

export type RenderFormat = keyof typeof renderers;
export const renderFormats = Object.keys(renderers) as readonly RenderFormat[];
