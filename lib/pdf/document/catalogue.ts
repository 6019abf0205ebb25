import { sRgbProfile } from './colour-profile.ts';
import { asciiString, refTo, textString } from './pdf-lib.ts';
import type { StructureTree } from './structure-tree.ts';
import type { PdfWriter } from './writer.ts';

const PRODUCER = 'Undersigned';

export interface Bookmark {
  readonly title: string;
  readonly page: number;
  /** Points, y upwards. */
  readonly top: number;
}

export interface CatalogueInput {
  readonly title: string;
  readonly language: string;
  readonly pages: number;
  readonly structure: StructureTree | null;
  readonly bookmarks: readonly Bookmark[];
  readonly pdfa: '1b' | null;
}

/** Writes what describes the document as a whole. It names the letter and nobody who signed it, and holds no date. */
export function writeCatalogue(writer: PdfWriter, input: CatalogueInput): { readonly root: number; readonly info: number } {
  const { context } = writer;
  const metadata = writer.allocate();
  writer.stream(metadata, '/Type/Metadata/Subtype/XML', Buffer.from(xmpPacket(input)), 'none');
  const info = writer.allocate();
  writer.object(info, context.obj({ Title: textString(input.title), Producer: asciiString(PRODUCER) }));
  const outlines = input.bookmarks.length < 2 ? null : writeOutlines(writer, input.bookmarks);
  const root = writer.allocate();
  writer.object(
    root,
    context.obj({
      Type: 'Catalog',
      Pages: refTo(input.pages),
      Lang: asciiString(input.language.replace(/[^A-Za-z0-9-]/g, '')),
      Metadata: refTo(metadata),
      ViewerPreferences: { DisplayDocTitle: true },
      ...(outlines === null ? {} : { Outlines: refTo(outlines) }),
      ...(input.structure === null ? {} : { MarkInfo: { Marked: true }, StructTreeRoot: refTo(input.structure.root) }),
      ...(input.pdfa === null ? {} : { OutputIntents: [refTo(writeOutputIntent(writer))] }),
    }),
  );
  return { root, info };
}

function writeOutputIntent(writer: PdfWriter): number {
  const profile = writer.allocate();
  writer.stream(profile, '/N 3', sRgbProfile());
  const intent = writer.allocate();
  writer.object(
    intent,
    writer.context.obj({
      Type: 'OutputIntent',
      S: 'GTS_PDFA1',
      OutputConditionIdentifier: asciiString('sRGB IEC61966-2.1'),
      Info: asciiString('sRGB IEC61966-2.1'),
      RegistryName: asciiString('http://www.color.org'),
      DestOutputProfile: refTo(profile),
    }),
  );
  return intent;
}

function writeOutlines(writer: PdfWriter, bookmarks: readonly Bookmark[]): number {
  const root = writer.allocate();
  const numbers = bookmarks.map(() => writer.allocate());
  for (const [index, { title, page, top }] of bookmarks.entries()) {
    const previous = numbers[index - 1];
    const next = numbers[index + 1];
    writer.object(
      numbers[index] ?? 0,
      writer.context.obj({
        Title: textString(title),
        Parent: refTo(root),
        Dest: [refTo(page), 'XYZ', null, Math.round(top), null],
        ...(previous === undefined ? {} : { Prev: refTo(previous) }),
        ...(next === undefined ? {} : { Next: refTo(next) }),
      }),
    );
  }
  writer.object(
    root,
    writer.context.obj({ Type: 'Outlines', First: refTo(numbers[0] ?? 0), Last: refTo(numbers.at(-1) ?? 0), Count: numbers.length }),
  );
  return root;
}

const XML: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escapeXml = (text: string): string => text.replace(/[&<>"]/g, (character) => XML[character] ?? '');

function xmpPacket({ title, language, pdfa }: CatalogueInput): string {
  const conformance = pdfa === null ? '' : '\n<pdfaid:part>1</pdfaid:part>\n<pdfaid:conformance>B</pdfaid:conformance>';
  return `<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">${escapeXml(title)}</rdf:li></rdf:Alt></dc:title>
<dc:language><rdf:Bag><rdf:li>${escapeXml(language)}</rdf:li></rdf:Bag></dc:language>
<pdf:Producer>${PRODUCER}</pdf:Producer>${conformance}
</rdf:Description>
</rdf:RDF>
</x:xmpmeta>
<?xpacket end="r"?>`;
}
