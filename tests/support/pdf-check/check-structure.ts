import { PDFDict, PDFName, PDFRef } from 'pdf-lib';
import { against, type Finding } from './clauses.ts';
import type { PdfFile } from './file.ts';
import type { Painted } from './page-content.ts';
import { around, type Element, numberTree, refNumbers, type Structure } from './structure.ts';

const GROUPING = ['Document', 'Part', 'Art', 'Sect', 'Div', 'BlockQuote'];
const BLOCKS = ['P', 'H1', 'H2', 'H3', 'H4', 'H5', 'H6', 'L', 'Table', 'Note', 'Figure', 'Caption', 'TOC', ...GROUPING.slice(1)];
const INLINE = ['Span', 'Quote', 'Note', 'Reference', 'Link', 'Annot', 'Figure', 'Lbl'];
const LINES = ['P', 'H1', 'H2', 'H3', 'H4', 'H5', 'H6', 'Lbl', 'Span', 'Link', 'Reference', 'Quote', 'Figure', 'Caption'];
/** ISO 32000-1 §14.8.4: what may stand directly in what. */
const KIDS: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ...GROUPING.map((type) => [type, BLOCKS] as const),
  ...LINES.map((type) => [type, INLINE] as const),
  ['Table', ['TR', 'THead', 'TBody', 'TFoot', 'Caption']],
  ...['THead', 'TBody', 'TFoot'].map((type) => [type, ['TR']] as const),
  ['TR', ['TH', 'TD']],
  ['TH', [...BLOCKS, ...INLINE]],
  ['TD', [...BLOCKS, ...INLINE]],
  ['L', ['LI', 'Caption']],
  ['LI', ['Lbl', 'LBody']],
  ['LBody', [...BLOCKS, ...INLINE]],
  ['Note', [...BLOCKS, ...INLINE]],
]);
const NO_CONTENT = ['Table', 'THead', 'TBody', 'TFoot', 'TR', 'L', 'LI', ...GROUPING];

export function checkStructure(pdf: PdfFile, structure: Structure, painted: readonly Painted[]): Finding[] {
  const { all } = structure;
  return [
    ...against('UA 7.1 types', typeFaults(pdf, structure)),
    ...against('UA 7.2 nesting', all.flatMap(nestingFaults)),
    ...against(
      'UA 7.3 figures',
      all.filter(({ type }) => type === 'Figure').flatMap((element) => figureFaults(pdf, element, painted)),
    ),
    ...against('UA 7.4.2 headings', headingFaults(all)),
    ...against(
      'UA 7.5 tables',
      all.filter(({ type }) => type === 'Table').flatMap((table) => tableFaults(pdf, table)),
    ),
    ...against(
      'UA 7.6 lists',
      all.filter(({ type }) => type === 'L').flatMap((list) => listFaults(pdf, list)),
    ),
    ...against('UA 7.9 notes', noteFaults(pdf, all)),
    ...annotationFindings(pdf, structure),
  ];
}

export const elementsIn = (element: Element): readonly Element[] =>
  element.kids.flatMap((kid) => (kid.is === 'element' ? kid.element : []));

/** An entry of the attributes that one owner has given an element. */
function attribute(pdf: PdfFile, element: Element, owner: string, name: string) {
  return pdf
    .list(element.dictionary, 'A')
    .filter((object) => pdf.name(object, 'O') === owner)
    .map((object) => pdf.at(object, name))
    .find((value) => value !== undefined);
}

function typeFaults(pdf: PdfFile, { document, all, faults }: Structure): string[] {
  const out = [...faults];
  if (document.length !== 1 || document[0]?.type !== 'Document') out.push('the tree does not begin with one Document');
  if (pdf.at(pdf.catalogue, 'StructTreeRoot', 'RoleMap') !== undefined) out.push('a role map');
  for (const { type } of all) if (!KIDS.has(type)) out.push(`the type ${type}`);
  return out;
}

function nestingFaults(element: Element): string[] {
  const allowed = KIDS.get(element.type) ?? [];
  const out = elementsIn(element).flatMap(({ type }) => (allowed.includes(type) ? [] : [`${type} in ${element.type}`]));
  if (NO_CONTENT.includes(element.type) && element.kids.some((kid) => kid.is !== 'element'))
    out.push(`content directly in ${element.type}`);
  const types = elementsIn(element).map(({ type }) => type);
  if (element.type === 'LI' && types.filter((type) => type === 'LBody').length !== 1) out.push('LI without one LBody');
  if (element.type === 'LI' && types.indexOf('Lbl') > 0) out.push('Lbl after LBody');
  return out;
}

function figureFaults(pdf: PdfFile, figure: Element, painted: readonly Painted[]): string[] {
  const out: string[] = [];
  if ((pdf.text(figure.dictionary, 'Alt') ?? figure.actualText ?? '').trim() === '') out.push('Figure without Alt');
  const box = pdf.list(attribute(pdf, figure, 'Layout', 'BBox')).map((value) => pdf.number(value) ?? Number.NaN);
  const pictures = painted.filter(({ what, marks }) => what === 'image' && marks.some(({ tag }) => tag === 'Figure'));
  if (!pictures.some((picture) => picture.box?.every((value, index) => Math.abs(value - (box[index] ?? Number.NaN)) < 0.1)))
    out.push(`no picture where Figure says it is: ${box.join(' ')}`);
  return out;
}

function headingFaults(all: readonly Element[]): string[] {
  const levels = all.flatMap(({ type }) => (/^H[1-6]$/.test(type) ? [Number(type[1])] : []));
  const out = levels.length > 0 && levels[0] !== 1 ? [`the first heading is H${levels[0]}`] : [];
  for (const [index, level] of levels.entries()) {
    const before = levels[index - 1] ?? level;
    if (level > before + 1) out.push(`H${level} below H${before}`);
  }
  return out;
}

function tableFaults(pdf: PdfFile, table: Element): string[] {
  const rows = elementsIn(table).flatMap((kid) => (kid.type === 'TR' ? [kid] : elementsIn(kid)));
  const lengths = new Set(rows.map((row) => elementsIn(row).length));
  const out = lengths.size > 1 ? [`rows of ${[...lengths].join(' and ')} cells`] : [];
  for (const cell of rows.flatMap(elementsIn)) {
    const scope = pdf.name(attribute(pdf, cell, 'Table', 'Scope'));
    if (cell.type === 'TH' && !['Column', 'Row', 'Both'].includes(scope ?? '')) out.push('TH without Scope');
  }
  return out;
}

function listFaults(pdf: PdfFile, list: Element): string[] {
  const labelled = elementsIn(list).some((item) => elementsIn(item).some(({ type }) => type === 'Lbl'));
  const numbering = pdf.name(attribute(pdf, list, 'List', 'ListNumbering')) ?? 'None';
  return labelled && numbering === 'None' ? ['a list with labels and no ListNumbering'] : [];
}

function noteFaults(pdf: PdfFile, all: readonly Element[]): string[] {
  const ids = all.flatMap((element) => (element.type === 'Note' ? [pdf.text(element.dictionary, 'ID') ?? ''] : []));
  return [...(ids.includes('') ? ['Note without ID'] : []), ...(new Set(ids).size < ids.length ? ['two notes of one ID'] : [])];
}

function annotationFindings(pdf: PdfFile, { all, byNumber }: Structure): Finding[] {
  const out: Finding[] = [];
  const parents = new Map(numberTree(pdf, pdf.at(pdf.catalogue, 'StructTreeRoot', 'ParentTree')));
  const objects = new Map<number, Element>();
  for (const element of all) for (const kid of element.kids) if (kid.is === 'object') objects.set(kid.object, element);
  for (const page of pdf.pages) {
    const annotations = page.get(PDFName.of('Annots'));
    if (annotations === undefined) continue;
    if (pdf.name(page, 'Tabs') !== 'S')
      out.push({ clause: 'UA 7.18.3 tab order', says: 'a page with annotations whose tab order is not that of the tree' });
    for (const number of refNumbers(pdf, annotations)) {
      const annotation = pdf.resolve(PDFRef.of(number ?? 0));
      if (!(annotation instanceof PDFDict)) continue;
      const element = objects.get(number ?? 0);
      const parent = parents.get(pdf.number(annotation, 'StructParent') ?? -1);
      if (element === undefined || byNumber.get(parent instanceof PDFRef ? parent.objectNumber : -1) !== element)
        out.push({ clause: 'UA 7.18.1 annotations', says: 'an annotation that the tree and its parent tree do not both have' });
      if ((pdf.text(annotation, 'Contents') ?? '').trim() === '')
        out.push({ clause: 'UA 7.18.1 annotations', says: 'an annotation without Contents' });
      if (pdf.name(annotation, 'Subtype') !== 'Link') continue;
      if (![...around(element)].some(({ type }) => type === 'Link')) out.push({ clause: 'UA 7.18.5 links', says: 'a link outside a Link' });
    }
  }
  return out;
}
