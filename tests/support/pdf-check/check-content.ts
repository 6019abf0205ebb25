import { against, type Finding } from './clauses.ts';
import type { PdfFile } from './file.ts';
import type { PageContent, Painted } from './page-content.ts';
import { around, type Element, numberTree, refNumbers, type Structure } from './structure.ts';

interface Input {
  readonly pdf: PdfFile;
  readonly structure: Structure;
  readonly pages: readonly PageContent[];
  readonly textOf: (painted: Painted) => string;
}

/** Marks against the tree: everything painted is one element's or an artifact, and says in which language it is. */
export function checkContent(input: Input): Finding[] {
  const painted = input.pages.flatMap((page) => page.painted);
  const owners = ownersOf(input);
  return [
    ...against('UA 7.1 content', [...owners.faults, ...painted.flatMap(markFaults)]),
    ...against('UA 7.2 language', [...painted.flatMap((one) => languageFaults(input, one, owners)), ...spokenFaults(input)]),
    ...against('UA 7.8 head and foot', painted.flatMap(artifactFaults)),
    ...against('UA 7.20 forms', formFaults(input)),
    ...against(
      'A 6.2.2 content streams',
      input.pages.flatMap(({ faults }) => faults),
    ),
  ];
}

interface Owners {
  /** By page and number of a mark. */
  readonly elements: ReadonlyMap<string, Element>;
  readonly faults: readonly string[];
}

/** The parent tree and the tree say the same of every piece of content, and of none more than the pages have. */
function ownersOf({ pdf, structure, pages }: Input): Owners {
  const faults: string[] = [];
  const elements = new Map<string, Element>();
  const parents = new Map(numberTree(pdf, pdf.at(pdf.catalogue, 'StructTreeRoot', 'ParentTree')));
  const numbers = new Map(
    pdf.objects.flatMap(([number, object]) => (pdf.name(object, 'Type') === 'Page' ? [[number, pdf.pages.indexOf(object as never)]] : [])),
  );
  const claimed = new Map<string, Element>();
  for (const element of structure.all)
    for (const kid of element.kids) {
      if (kid.is !== 'content') continue;
      const key = `${numbers.get(kid.page)} ${kid.id}`;
      if (claimed.has(key)) faults.push('a piece of content in two elements');
      claimed.set(key, element);
    }
  for (const [index, page] of pdf.pages.entries()) {
    const row = parents.get(pdf.number(page, 'StructParents') ?? -1);
    const ids = row === undefined ? [] : refNumbers(pdf, row);
    for (const [id, number] of ids.entries()) {
      const element = structure.byNumber.get(number ?? -1);
      const key = `${index} ${id}`;
      if (element === undefined || claimed.get(key) !== element) faults.push('the parent tree and the tree differ');
      else elements.set(key, element);
    }
  }
  if (claimed.size !== elements.size) faults.push('content that the parent tree does not have');
  const used = new Set(
    pages.flatMap(({ painted }) =>
      painted.flatMap(({ page, marks }) => marks.flatMap(({ id }) => (id === undefined ? [] : [`${page} ${id}`]))),
    ),
  );
  for (const key of used) if (!elements.has(key)) faults.push('a mark that no element has');
  return { elements, faults };
}

function markFaults({ what, marks }: Painted): string[] {
  const artifact = marks.findIndex(({ tag }) => tag === 'Artifact');
  const tagged = marks.findIndex(({ id }) => id !== undefined);
  if (artifact < 0 && tagged < 0) return [`${what} that is neither tagged nor an artifact`];
  if (artifact >= 0 && tagged >= 0) return [`${what} that is tagged and an artifact`];
  return marks.filter(({ id }) => id !== undefined).length > 1 ? ['marks with numbers in one another'] : [];
}

/** Words at the head or foot of a page say which they are; what else is no text may be layout. */
function artifactFaults({ what, marks, inForm }: Painted): string[] {
  const artifact = marks.find(({ tag }) => tag === 'Artifact');
  if (artifact === undefined) return [];
  if (what === 'text' && artifact.type !== 'Pagination') return ['words in an artifact that is no pagination'];
  if (inForm && !['Header', 'Footer'].includes(artifact.subtype ?? '')) return ['furniture of a page that is neither head nor foot'];
  return [];
}

function formFaults({ pdf, pages }: Input): string[] {
  const inForms = pages
    .flatMap(({ painted }) => painted)
    .filter(({ inForm, marks }) => inForm && !marks.some(({ tag }) => tag === 'Artifact'));
  const references = pdf.objects.filter(([, object]) => pdf.name(object, 'Subtype') === 'Form' && pdf.at(object, 'Ref') !== undefined);
  return [
    ...(inForms.length > 0 ? ['content in a form that is no artifact'] : []),
    ...(references.length > 0 ? ['a reference XObject'] : []),
  ];
}

function languageFaults({ pdf, textOf }: Input, painted: Painted, { elements }: Owners): string[] {
  const mark = painted.marks.findLast(({ id }) => id !== undefined);
  const element = elements.get(`${painted.page} ${mark?.id}`);
  if (painted.what !== 'text' || element === undefined) return [];
  const owners = [...around(element)];
  // What is said instead is checked as it stands there.
  if (owners.some(({ actualText }) => actualText !== undefined)) return [];
  const language = painted.marks.findLast((one) => one.language !== undefined)?.language ?? languageAround(pdf, element);
  if (!isLanguage(language)) return [`no language: ${language}`];
  const strange = Array.from(textOf(painted)).find((character) => !isWrittenWith(language, character));
  return strange === undefined ? [] : [`U+${(strange.codePointAt(0) ?? 0).toString(16)} in ${language}`];
}

/** Replacement texts, alternatives and titles have a language too; one that is not written in it at all is another's. */
function spokenFaults({ pdf, structure }: Input): string[] {
  const out = isLanguage(pdf.text(pdf.catalogue, 'Lang') ?? '') ? [] : ['the catalogue has no Lang'];
  for (const element of structure.all) {
    const { actualText, language } = element;
    if (language !== undefined && !isLanguage(language)) out.push(`no language: ${language}`);
    const spoken = languageAround(pdf, element);
    const letters = Array.from(actualText ?? '').filter((character) => /\p{L}/u.test(character));
    if (letters.length > 0 && !letters.some((letter) => isWrittenWith(spoken, letter)))
      out.push(`a replacement text that is not in ${spoken}`);
  }
  return out;
}

const languageAround = (pdf: PdfFile, element: Element): string =>
  [...around(element)].find(({ language }) => language !== undefined)?.language ?? pdf.text(pdf.catalogue, 'Lang') ?? '';

function isLanguage(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}

const SCRIPTS: Readonly<Record<string, readonly string[]>> = {
  Jpan: ['Hani', 'Hira', 'Kana'],
  Kore: ['Hang', 'Hani'],
  Hans: ['Hani', 'Bopo'],
  Hant: ['Hani', 'Bopo'],
  Aran: ['Arab'],
};
const patterns = new Map<string, RegExp>();

/** By Unicode's script extensions; what belongs to no script is in every language. */
function isWrittenWith(language: string, character: string): boolean {
  let pattern = patterns.get(language);
  if (pattern === undefined) {
    const script = new Intl.Locale(language).maximize().script ?? 'Zzzz';
    const scripts = [...(SCRIPTS[script] ?? [script]), 'Zyyy', 'Zinh'];
    pattern = new RegExp(`^(?:${scripts.map((one) => `\\p{scx=${one}}`).join('|')}|\\P{L})$`, 'u');
    patterns.set(language, pattern);
  }
  return pattern.test(character);
}
