import { byAddendum } from '../block/addenda.ts';
import type { Section } from '../block/model.ts';
import type { LetterDocument } from '../document/model.ts';
import { withoutSuperscript } from '../text/superscript-runs.ts';
import { defaultAssets, type PdfAssets } from './assets.ts';
import { writeCatalogue } from './document/catalogue.ts';
import { embedFace } from './document/fonts.ts';
import { embedLogo, LOGO } from './document/logo.ts';
import { Pages } from './document/pages.ts';
import { StructureTree } from './document/structure-tree.ts';
import { PdfWriter, type Sink } from './document/writer.ts';
import { addendumHeading, type SectionPlace, SectionSetter } from './layout/block.ts';
import { Composition } from './layout/composition.ts';
import { setCover } from './layout/cover.ts';
import { Furniture } from './layout/furniture.ts';
import { type PageSize, pageGeometry } from './layout/geometry.ts';
import { setText } from './layout/letter.ts';
import { type Voice, voiceOf } from './layout/voice.ts';
import { Typesetter } from './text/typesetter.ts';

export type { Sink };

export interface PdfOptions {
  readonly page: PageSize;
  /** With a structure tree, for screen readers and for reuse of the text. */
  readonly tagged: boolean;
  /** PDF/A-1b: for archives; larger. */
  readonly pdfa: '1b' | null;
  /** The signatory block without the letter. */
  readonly blockOnly: boolean;
  /** Entries set so far, of all; at most once a batch. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Stops between two batches: the promise is rejected with the signal's reason. */
  readonly signal?: AbortSignal;
  readonly assets?: PdfAssets;
}

export interface PdfSummary {
  readonly pages: number;
  /** Characters no font has, as `U+1F600`, each once; printed as their code in a box. */
  readonly missing: readonly string[];
  /** Of the bytes written, in hex. */
  readonly sha256: string;
}

/**
 * Writes a letter as PDF into a sink, page by page: memory is bounded by a page and the fonts, not by the number of signatories. Takes
 * no clock and no randomness: the same document gives the same bytes.
 */
export async function renderPdf(document: LetterDocument, options: PdfOptions, sink: Sink): Promise<PdfSummary> {
  const assets = options.assets ?? defaultAssets();
  const authentic = document.texts.find((text) => text.authentic) ?? document.texts[0];
  if (authentic === undefined) throw new Error('a letter without a text');
  const voice = voiceOf(authentic.language);

  const writer = new PdfWriter(sink, options.pdfa === '1b');
  const structure = options.tagged ? new StructureTree(writer, authentic.language) : null;
  const pages = new Pages(writer, structure);
  const typesetter = new Typesetter(assets.fonts);
  const resources = writer.allocate();
  const geometryOf = (language: string) => pageGeometry(options.page, voiceOf(language).rightToLeft);
  const composition = new Composition({ typesetter, writer, structure, pages, geometry: geometryOf(authentic.language) });
  const furniture = new Furniture(composition, document, authentic);
  composition.furnish = () => furniture.draw();

  const drawn = options.blockOnly ? null : document.letterhead?.logo;
  const logo = drawn ? `/${LOGO} ${embedLogo(writer, drawn)} 0 R` : '';
  if (!options.blockOnly) {
    if (document.cover) {
      composition.geometry = geometryOf(document.cover.language);
      setCover(composition, document.cover);
    }
    composition.justified = document.justified === true;
    for (const text of document.texts) {
      if (!composition.blank) composition.nextPage();
      composition.geometry = geometryOf(text.language);
      furniture.use(text);
      setText(composition, document, text);
      await writer.drain();
    }
    // The block belongs to the authentic text: after a translation it begins on a page of its own.
    if (document.texts.at(-1) !== authentic && !composition.blank) composition.nextPage();
  }
  composition.geometry = geometryOf(authentic.language);
  furniture.use(authentic);
  await setSections(composition, document, voice, options);

  if (!composition.blank || pages.count === 0) composition.nextPage();
  structure?.finish();
  // The forms have resources of their own: in the pages' they would contain themselves.
  const formResources = writer.allocate();
  const forms = furniture.finish(formResources);
  const fonts = writer.allocate();
  const embedded = typesetter.faces
    .filter((face) => face.glyphs.length > 1)
    .map((face) => `/${face.resource} ${embedFace(writer, face)} 0 R`);
  writer.text(fonts, `<<${embedded.join('')}>>`);
  writer.text(formResources, `<</Font ${fonts} 0 R>>`);
  writer.text(resources, `<</Font ${fonts} 0 R/XObject<<${forms}${logo}>>>>`);
  const { width, height } = composition.geometry;
  pages.finish([width, height], resources);
  const { root, info } = writeCatalogue(writer, {
    title: withoutSuperscript(authentic.headline),
    language: authentic.language,
    pages: pages.root,
    structure,
    bookmarks: composition.bookmarks,
    pdfa: options.pdfa,
  });
  const { sha256 } = await writer.finish(root, info);
  return { pages: pages.count, missing: [...typesetter.missing], sha256 };
}

async function setSections(
  composition: Composition,
  document: LetterDocument,
  voice: Voice,
  { blockOnly, onProgress, signal }: PdfOptions,
): Promise<void> {
  const total = document.sections.reduce((sum, section) => sum + section.count, 0);
  let done = 0;
  const set = async (section: Section, place: SectionPlace): Promise<void> => {
    const setter = new SectionSetter(composition, section, voice, place);
    for await (const entries of section.batches()) {
      signal?.throwIfAborted();
      setter.add(entries);
      done += entries.length;
      onProgress?.(done, total);
      await composition.writer.drain();
      // Lets timers and abort signals through, which promises alone would not.
      if (signal !== undefined || onProgress !== undefined) await new Promise((resolve) => setImmediate(resolve));
    }
    setter.finish();
  };
  const level = blockOnly ? 1 : 2;
  for (const { addendum, sections } of byAddendum(document.sections)) {
    if (addendum === null) {
      for (const section of sections) await set(section, { level, parent: null, above: [] });
      continue;
    }
    const parent = composition.structure?.open('Sect', composition.structure.document) ?? null;
    const above = addendumHeading(composition, addendum.heading, voice, { level, parent });
    for (const [index, section] of sections.entries()) {
      await set(section, { level: blockOnly ? 2 : 3, parent, above: index === 0 ? above : [] });
    }
    if (parent !== null) composition.structure?.close(parent);
  }
}
