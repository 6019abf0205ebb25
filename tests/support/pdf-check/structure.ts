import { PDFArray, PDFDict, PDFName, type PDFObject, PDFRef } from 'pdf-lib';
import { numberOf, type PdfFile } from './file.ts';

/** An element of the structure tree. */
export interface Element {
  readonly number: number;
  readonly type: string;
  readonly dictionary: PDFDict;
  readonly parent: Element | null;
  readonly kids: readonly Kid[];
  readonly language: string | undefined;
  readonly actualText: string | undefined;
}

export type Kid =
  | { readonly is: 'element'; readonly element: Element }
  | { readonly is: 'content'; readonly page: number; readonly id: number }
  | { readonly is: 'object'; readonly page: number; readonly object: number };

export interface Structure {
  readonly document: readonly Element[];
  /** In the order of reading. */
  readonly all: readonly Element[];
  readonly byNumber: ReadonlyMap<number, Element>;
  readonly faults: readonly string[];
}

type Made = Element & { kids: Kid[] };

/** The tree, and what is wrong with how it hangs together. */
export function readStructure(pdf: PdfFile): Structure {
  const root = pdf.dictionary(pdf.catalogue, 'StructTreeRoot');
  const faults: string[] = [];
  const all: Made[] = [];
  const byNumber = new Map<number, Element>();
  const pageNumbers = new Map(
    pdf.objects.flatMap(([number, object]) => (pdf.name(object, 'Type') === 'Page' ? [[object, number] as const] : [])),
  );
  const rootNumber = root === undefined ? 0 : numberOf(pdf.catalogue.get(PDFName.of('StructTreeRoot')));

  const kidOf = (kid: PDFObject, element: Made, pageOfElement: number | undefined): void => {
    const found = pdf.resolve(kid);
    const type = pdf.name(found, 'Type');
    const page = found instanceof PDFDict ? pageNumber(found) : undefined;
    if (pdf.number(found) !== undefined) element.kids.push({ is: 'content', page: pageOfElement ?? 0, id: pdf.number(found) ?? 0 });
    else if (type === 'MCR') element.kids.push({ is: 'content', page: page ?? pageOfElement ?? 0, id: pdf.number(found, 'MCID') ?? -1 });
    else if (type === 'OBJR' && found instanceof PDFDict)
      element.kids.push({ is: 'object', page: page ?? pageOfElement ?? 0, object: numberOf(found.get(PDFName.of('Obj'))) ?? 0 });
    else if (found instanceof PDFDict) {
      const made = make(kid, found, element);
      if (made !== null) element.kids.push({ is: 'element', element: made });
    } else faults.push(`a kid of ${element.type} that is nothing`);
  };
  const pageNumber = (dictionary: PDFDict): number | undefined => {
    const page = pdf.dictionary(dictionary, 'Pg');
    return page === undefined ? undefined : pageNumbers.get(page);
  };
  const make = (reference: PDFObject, dictionary: PDFDict, parent: Element | null): Element | null => {
    const number = numberOf(reference) ?? 0;
    if (byNumber.has(number)) {
      faults.push(`the element ${number} stands in the tree twice`);
      return null;
    }
    const element: Made = {
      number,
      type: pdf.name(dictionary, 'S') ?? '',
      dictionary,
      parent,
      kids: [],
      language: pdf.text(dictionary, 'Lang'),
      actualText: pdf.text(dictionary, 'ActualText'),
    };
    all.push(element);
    byNumber.set(number, element);
    if (numberOf(dictionary.get(PDFName.of('P'))) !== (parent?.number ?? rootNumber))
      faults.push(`${element.type} ${number} names another parent`);
    const kids = dictionary.get(PDFName.of('K'));
    for (const kid of arrayOf(pdf, kids)) kidOf(kid, element, pageNumber(dictionary));
    return element;
  };
  const document = arrayOf(pdf, root?.get(PDFName.of('K'))).flatMap((kid) => {
    const dictionary = pdf.resolve(kid);
    return dictionary instanceof PDFDict ? (make(kid, dictionary, null) ?? []) : [];
  });
  return { document, all, byNumber, faults };
}

/** The values of an array as they stand, references unresolved; of another value itself. */
function arrayOf(pdf: PdfFile, object: PDFObject | undefined): readonly PDFObject[] {
  const found = pdf.resolve(object);
  if (found instanceof PDFArray) return found.asArray();
  return object === undefined ? [] : [object];
}

/** The entries of a number tree, keys in the order they are found in. */
export function numberTree(pdf: PdfFile, node: PDFObject | undefined): [key: number, value: PDFObject][] {
  const nums = arrayOf(pdf, pdf.at(node, 'Nums'));
  const entries: [number, PDFObject][] = [];
  for (let index = 0; index + 1 < nums.length; index += 2) {
    const value = nums[index + 1];
    if (value !== undefined) entries.push([pdf.number(nums[index]) ?? -1, value]);
  }
  return [...entries, ...pdf.list(node, 'Kids').flatMap((kid) => numberTree(pdf, kid))];
}

export const refNumbers = (pdf: PdfFile, object: PDFObject): readonly (number | undefined)[] =>
  arrayOf(pdf, object).map((value) => (value instanceof PDFRef ? value.objectNumber : undefined));

/** The elements around one, itself first. */
export function* around(element: Element | undefined): Generator<Element> {
  for (let one: Element | null | undefined = element; one != null; one = one.parent) yield one;
}
