import { PDFArray, PDFDict, PDFHexString, PDFName, type PDFObject, PDFRawStream, PDFString } from 'pdf-lib';
import { against, type Finding } from './clauses.ts';
import { misplacedObjects, type PdfFile } from './file.ts';
import type { PageContent } from './page-content.ts';

/** The file as a whole: what describes it, and what must not be in it. */
export function checkFile(pdf: PdfFile, pages: readonly PageContent[]): Finding[] {
  const dictionaries = allDictionaries(pdf);
  const having = (key: string): PDFDict[] => dictionaries.filter((one) => one.has(PDFName.of(key)));
  const some = (found: readonly unknown[], says: string): string[] => (found.length > 0 ? [says] : []);
  const annotations = dictionaries.filter((one) => pdf.name(one, 'Type') === 'Annot');
  return [
    ...against('UA 7.1 catalogue', catalogueFaults(pdf)),
    ...against('UA 7.16 security', pdf.trailer.encrypted ? ['the file is encrypted'] : []),
    ...against('A 6.1.2 header', /^%PDF-1\.[47]\n%[\x80-\xff]{4}\n/.test(pdf.bytes.toString('latin1', 0, 16)) ? [] : ['the header']),
    ...against('A 6.1.3 trailer', [...(pdf.trailer.id ? [] : ['no ID']), ...(pdf.trailer.encrypted ? ['encrypted'] : [])]),
    ...against('A 6.1.7 streams', [...misplacedObjects(pdf.bytes), ...filterFaults(pdf)]),
    ...against('A 6.1.13 limits', dictionaries.flatMap(limitFaults)),
    ...against('A 6.2.3 output intent', intentFaults(pdf)),
    ...against(
      'A 6.2.4 colours',
      pages.flatMap(({ colours }) => (colours.has('DeviceCMYK') ? ['DeviceCMYK, and the intent is RGB'] : [])),
    ),
    ...against('A 6.2.8 pictures', pictureFaults(pdf)),
    ...against('A 6.2.9 XObjects', [
      ...some(having('PS'), 'PostScript'),
      ...some(having('OPI'), 'OPI'),
      ...some(having('Ref'), 'a reference XObject'),
    ]),
    ...against('A 6.2.10 transparency', transparencyFaults(pdf)),
    ...against(
      'A 6.3 annotations',
      annotations.flatMap((one) => annotationFaults(pdf, one)),
    ),
    ...against('A 6.4 forms', [
      ...some(having('AcroForm'), 'a form'),
      ...some(having('XFA'), 'XFA'),
      ...some(having('NeedsRendering'), 'NeedsRendering'),
    ]),
    ...against('A 6.5 actions', actionFaults(pdf, dictionaries)),
    ...against('A 6.6.2 metadata', metadataFaults(pdf)),
    ...against('A 6.8 embedded files', [
      ...some(having('EF'), 'a file specification with a file'),
      ...some(having('EmbeddedFiles'), 'EmbeddedFiles'),
      ...some(having('AF'), 'an associated file'),
    ]),
    ...against('A 6.9 optional content', some(having('OCProperties'), 'optional content')),
    ...against('A 6.10 no alternates', [
      ...some(having('AlternatePresentations'), 'AlternatePresentations'),
      ...some(having('PresSteps'), 'PresSteps'),
      ...some(having('Requirements'), 'Requirements'),
    ]),
  ];
}

/** Every dictionary of the file, also those that stand within others. */
function allDictionaries(pdf: PdfFile): PDFDict[] {
  const found: PDFDict[] = [];
  const walk = (object: PDFObject): void => {
    if (object instanceof PDFRawStream) walk(object.dict);
    else if (object instanceof PDFArray) object.asArray().forEach(walk);
    else if (object instanceof PDFDict) {
      found.push(object);
      for (const value of object.values()) walk(value);
    }
  };
  for (const [, object] of pdf.objects) walk(object);
  return found;
}

function catalogueFaults(pdf: PdfFile): string[] {
  const out: string[] = [];
  if (!pdf.isTrue(pdf.catalogue, 'MarkInfo', 'Marked')) out.push('not marked');
  if (pdf.isTrue(pdf.catalogue, 'MarkInfo', 'Suspects')) out.push('suspects');
  if (!pdf.isTrue(pdf.catalogue, 'ViewerPreferences', 'DisplayDocTitle')) out.push('no DisplayDocTitle');
  if ((pdf.text(pdf.info, 'Title') ?? '').trim() === '') out.push('no title');
  return out;
}

function filterFaults(pdf: PdfFile): string[] {
  return pdf.objects.flatMap(([number, object]) => {
    if (!(object instanceof PDFRawStream)) return [];
    const filters = pdf.list(object, 'Filter').map((filter) => (filter instanceof PDFName ? filter.decodeText() : ''));
    const foreign = ['F', 'FFilter', 'FDecodeParms'].some((key) => object.dict.has(PDFName.of(key)));
    const strange = filters.filter((filter) => !['FlateDecode', 'DCTDecode'].includes(filter));
    return [...(foreign ? [`the stream ${number} is in another file`] : []), ...strange.map((filter) => `the filter ${filter}`)];
  });
}

function limitFaults(dictionary: PDFDict): string[] {
  return dictionary.entries().flatMap(([key, value]) => {
    const long = (value instanceof PDFString || value instanceof PDFHexString) && value.asBytes().length > 32_767;
    return [
      ...(key.decodeText().length > 127 ? ['a name of more than 127 bytes'] : []),
      ...(long ? ['a string of more than 32,767 bytes'] : []),
    ];
  });
}

function intentFaults(pdf: PdfFile): string[] {
  const [intent, ...others] = pdf.list(pdf.catalogue, 'OutputIntents');
  const profile = pdf.stream(intent, 'DestOutputProfile');
  if (intent === undefined || others.length > 0) return ['not one output intent'];
  if (pdf.name(intent, 'S') !== 'GTS_PDFA1' || pdf.text(intent, 'OutputConditionIdentifier') === undefined)
    return ['the output intent is of another kind'];
  if (profile === undefined || profile.toString('latin1', 36, 40) !== 'acsp' || profile.readUInt32BE(0) !== profile.length)
    return ['no ICC profile'];
  return profile.toString('latin1', 16, 20) === 'RGB ' && pdf.number(intent, 'DestOutputProfile', 'N') === 3
    ? []
    : ['the profile is not RGB'];
}

const pictures = (pdf: PdfFile) => pdf.objects.flatMap(([, object]) => (pdf.name(object, 'Subtype') === 'Image' ? [object] : []));

function pictureFaults(pdf: PdfFile): string[] {
  return pictures(pdf).flatMap((picture) => {
    const [space] = pdf.list(picture, 'ColorSpace');
    const name = space instanceof PDFName ? space.decodeText() : '';
    return [
      ...(['DeviceGray', 'DeviceRGB', 'Indexed'].includes(name) ? [] : [`a picture in ${name}`]),
      ...(pdf.isTrue(picture, 'Interpolate') ? ['Interpolate'] : []),
      ...(pdf.at(picture, 'Alternates') === undefined ? [] : ['Alternates']),
      ...([1, 2, 4, 8, 16].includes(pdf.number(picture, 'BitsPerComponent') ?? 0) ? [] : ['bits of a sample']),
    ];
  });
}

/** Soft masks need a space to be blended in: the output intent, or the page's group. */
function transparencyFaults(pdf: PdfFile): string[] {
  const masked = pictures(pdf).some((picture) => pdf.at(picture, 'SMask') instanceof PDFRawStream);
  const blended =
    pdf.at(pdf.catalogue, 'OutputIntents') !== undefined || pdf.pages.every((page) => pdf.at(page, 'Group', 'CS') !== undefined);
  const states = pdf.objects.flatMap(([, object]) => {
    const mode = pdf.name(object, 'BM');
    return mode === undefined || mode === 'Normal' ? [] : [`the blend mode ${mode}`];
  });
  return [...(masked && !blended ? ['a soft mask, and no space to blend it in'] : []), ...states];
}

function annotationFaults(pdf: PdfFile, annotation: PDFDict): string[] {
  const flags = pdf.number(annotation, 'F') ?? 0;
  const subtype = pdf.name(annotation, 'Subtype') ?? '';
  return [
    // Print, and none of hidden, invisible, no view, toggle no view.
    ...((flags & 4) === 4 && (flags & 0x123) === 0 ? [] : ['the flags of an annotation']),
    ...(subtype === 'Link' ? [] : [`an annotation that is ${subtype}`]),
  ];
}

/** Links to addresses, and nothing that runs, opens or sends. */
function actionFaults(pdf: PdfFile, dictionaries: readonly PDFDict[]): string[] {
  return dictionaries.flatMap((one) => {
    const out = ['AA', 'OpenAction', 'JavaScript', 'JS', 'Launch'].filter((key) => one.has(PDFName.of(key))).map((key) => `${key}`);
    const action = pdf.dictionary(one, 'A');
    const kind = pdf.name(action, 'S');
    // An element's attributes stand under A as well, and have an owner instead of a kind.
    if (kind !== undefined && kind !== 'URI') out.push(`the action ${kind}`);
    if (pdf.name(one, 'Type') === 'Action' && pdf.name(one, 'S') !== 'URI') out.push('an action that is no link');
    const address = pdf.text(action, 'URI');
    if (kind === 'URI' && !/^(?:https?|mailto):[!-~]*$/.test(address ?? '')) out.push(`a link to ${address}`);
    return out;
  });
}

function metadataFaults(pdf: PdfFile): string[] {
  const stream = pdf.at(pdf.catalogue, 'Metadata');
  if (!(stream instanceof PDFRawStream)) return ['no metadata'];
  const xmp = stream.asUint8Array().length > 0 ? Buffer.from(stream.contents).toString('utf8') : '';
  const out = stream.dict.has(PDFName.of('Filter')) ? ['metadata behind a filter'] : [];
  if (!/^<\?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"\?>[\s\S]*<\?xpacket end="[rw]"\?>\s*$/.test(xmp))
    out.push('no XMP packet');
  const title = unescaped(/<dc:title><rdf:Alt><rdf:li xml:lang="x-default">([^<]*)<\/rdf:li><\/rdf:Alt><\/dc:title>/.exec(xmp)?.[1]);
  if (title !== pdf.text(pdf.info, 'Title')) out.push('two titles');
  if (unescaped(/<pdf:Producer>([^<]*)</.exec(xmp)?.[1]) !== pdf.text(pdf.info, 'Producer')) out.push('two producers');
  const keys = pdf.info?.keys().map((key) => key.decodeText()) ?? [];
  if (keys.some((key) => !['Title', 'Producer'].includes(key)))
    out.push(`entries of Info that the metadata do not have: ${keys.join(' ')}`);
  return out;
}

const unescaped = (xml: string | undefined): string | undefined =>
  xml?.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
