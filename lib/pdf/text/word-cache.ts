import type { Word } from './run.ts';

const GENERATION = 24_000;

/**
 * The words shaped so far, bounded: when a generation is full the one before it is forgotten, so that frequent words stay and a
 * million different names do not.
 */
export class WordCache {
  private young = new Map<string, Word>();
  private old = new Map<string, Word>();

  get(text: string): Word | undefined {
    const recent = this.young.get(text);
    if (recent !== undefined) return recent;
    const earlier = this.old.get(text);
    if (earlier !== undefined) this.set(text, earlier);
    return earlier;
  }

  set(text: string, word: Word): void {
    if (this.young.size >= GENERATION) {
      this.old = this.young;
      this.young = new Map();
    }
    this.young.set(text, word);
  }
}
