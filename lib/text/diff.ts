import { diffArrays } from 'diff';

/** A stretch that both texts have, or only the later (`added`), or only the earlier (`removed`). Never empty. */
export interface DiffPart {
  readonly kind: 'equal' | 'added' | 'removed';
  readonly text: string;
}

/**
 * What differs between two texts, word by word. Equal and added parts together are `after`, equal and removed ones `before`, to the last
 * code unit; of a changed place what was removed stands first.
 * @param language BCP 47, for where words end; one that is not known counts as none
 */
export function diffTexts(before: string, after: string, language: string): readonly DiffPart[] {
  if (before === after) return before === '' ? [] : [{ kind: 'equal', text: before }];
  const builder = new DiffBuilder();
  // Lines first: most of a long text stands unchanged, and only what changed is cut into words.
  for (const run of diffRuns(linesOf(before), linesOf(after), MOST_LINE_EDITS)) {
    if (run.kind === 'equal') builder.equal(run.before);
    else addWords(builder, run, language);
  }
  return builder.parts();
}

/** Past so many edits two texts have nothing in common that would help a reader, and looking for it takes quadratic time. */
const MOST_LINE_EDITS = 600;
const MOST_WORD_EDITS = 500;

function addWords(builder: DiffBuilder, changed: Run, language: string): void {
  if (changed.before === '' || changed.after === '') {
    builder.change(changed.before, changed.after);
    return;
  }
  const runs = diffRuns(wordsOf(changed.before, language), wordsOf(changed.after, language), MOST_WORD_EDITS);
  for (const [index, run] of runs.entries()) {
    // A space that stayed between two changed words is no landmark: the phrase reads better whole.
    const between = run.kind === 'equal' && index > 0 && index < runs.length - 1 && /^\s+$/.test(run.before);
    if (run.kind === 'equal' && !between) builder.equal(run.before);
    else builder.change(run.before, run.after);
  }
}

interface Run {
  readonly kind: 'equal' | 'changed';
  /** The same as `after` where it is equal. */
  readonly before: string;
  readonly after: string;
}

function diffRuns(before: readonly string[], after: readonly string[], mostEdits: number): readonly Run[] {
  const changes = diffArrays([...before], [...after], { maxEditLength: mostEdits });
  if (changes === undefined) return [{ kind: 'changed', before: before.join(''), after: after.join('') }];
  const runs: Run[] = [];
  for (const { added, removed, value } of changes) {
    const text = value.join('');
    const last = runs.at(-1);
    if (!added && !removed) runs.push({ kind: 'equal', before: text, after: text });
    else {
      const [gone, come] = added ? ['', text] : [text, ''];
      if (last?.kind === 'changed') runs[runs.length - 1] = { kind: 'changed', before: last.before + gone, after: last.after + come };
      else runs.push({ kind: 'changed', before: gone, after: come });
    }
  }
  return runs;
}

/** Each with its line feed. */
const linesOf = (text: string): readonly string[] => text.split(/(?<=\n)/);

function wordsOf(text: string, language: string): readonly string[] {
  return Array.from(segmenter(language).segment(text), ({ segment }) => segment);
}

function segmenter(language: string): Intl.Segmenter {
  try {
    return new Intl.Segmenter(language, { granularity: 'word' });
  } catch {
    return new Intl.Segmenter('und', { granularity: 'word' });
  }
}

/** Joins neighbours of one kind, and keeps what was removed before what was added in its place. */
class DiffBuilder {
  readonly #parts: DiffPart[] = [];
  #removed = '';
  #added = '';

  equal(text: string): void {
    if (text === '') return;
    this.#flush();
    const last = this.#parts.at(-1);
    if (last?.kind === 'equal') this.#parts[this.#parts.length - 1] = { kind: 'equal', text: last.text + text };
    else this.#parts.push({ kind: 'equal', text });
  }

  change(removed: string, added: string): void {
    this.#removed += removed;
    this.#added += added;
  }

  parts(): readonly DiffPart[] {
    this.#flush();
    return this.#parts;
  }

  #flush(): void {
    if (this.#removed !== '') this.#parts.push({ kind: 'removed', text: this.#removed });
    if (this.#added !== '') this.#parts.push({ kind: 'added', text: this.#added });
    this.#removed = '';
    this.#added = '';
  }
}
