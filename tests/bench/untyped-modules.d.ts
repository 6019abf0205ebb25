// The bench's yardsticks are installed by `npm run bench` only: the project is checked without them.
declare module '@myriaddreamin/typst-ts-node-compiler' {
  export class NodeCompiler {
    static create(options: { workspace: string; fontArgs: readonly { fontPaths: readonly string[] }[] }): NodeCompiler;
    evictCache(age: number): void;
    pdf(source: { mainFilePath: string }, options: { pdfTags: boolean }): Buffer;
  }
}

declare module 'pdfkit' {
  export default class PDFDocument {
    constructor(options: { size: string; margin: number; font: string });
    pipe(stream: NodeJS.WritableStream): void;
    registerFont(name: string, file: string): void;
    font(name: string, size: number): this;
    widthOfString(text: string): number;
    text(text: string, x: number, y: number, options: { lineBreak: boolean }): this;
    addPage(): this;
    end(): void;
  }
}

declare module 'pdfjs-dist/legacy/build/pdf.mjs' {
  interface TextPage {
    getTextContent(): Promise<{ readonly items: readonly { readonly str?: string; readonly hasEOL?: boolean }[] }>;
  }
  interface TextDocument {
    readonly numPages: number;
    getPage(page: number): Promise<TextPage>;
  }
  export const version: string;
  export function getDocument(source: { data: Uint8Array; verbosity: number }): { readonly promise: Promise<TextDocument> };
}
