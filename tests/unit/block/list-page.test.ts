import { describe, expect, it } from 'vitest';
import { listPage } from '../../../lib/block/list-page.ts';
import type { SectionKind } from '../../../lib/block/model.ts';
import type { PagedSection } from '../../../lib/block/print-order.ts';
import { section } from '../../support/letter-documents.ts';

const paged = (kind: SectionKind, count: number): PagedSection => ({
  section: section([], { kind, count, countLine: `${count}` }),
  page: async (from, many) =>
    Array.from({ length: Math.min(many, count - from) }, (_, index) => ({ lines: [`${kind} ${from + index + 1}`], lead: 1 })),
});

const shown = async (sections: readonly PagedSection[], number: number) => {
  const page = await listPage(sections, number, 50);
  const parts = page.parts.map(({ section: { kind }, entries, first, continued }) => [kind, first, entries.length, continued]);
  return { parts, at: [page.number, page.pages, page.from, page.to, page.total] };
};

describe('a page of a list', () => {
  it('goes on from one section to the next, each under its heading', async () => {
    const list = [paged('organisations', 70), paged('personal', 60)];
    expect(await shown(list, 1)).toEqual({ parts: [['organisations', 1, 50, false]], at: [1, 3, 1, 50, 130] });
    const second = {
      parts: [
        ['organisations', 51, 20, true],
        ['personal', 1, 30, false],
      ],
      at: [2, 3, 51, 100, 130],
    };
    expect(await shown(list, 2)).toEqual(second);
    expect(await shown(list, 3)).toEqual({ parts: [['personal', 31, 30, true]], at: [3, 3, 101, 130, 130] });
  });

  it('gives every entry once, whatever the sections', async () => {
    for (const counts of [
      [0, 0, 0],
      [1, 0, 49],
      [50, 50, 1],
      [0, 101, 0],
      [7, 0, 350],
    ] as const) {
      const list = [paged('initiators', counts[0]), paged('organisations', counts[1]), paged('personal', counts[2])];
      const { pages, total } = await listPage(list, 1, 50);
      const seen: string[] = [];
      const heads = new Set<string>();
      for (let number = 1; number <= pages; number++) {
        for (const { section: head, entries } of (await listPage(list, number, 50)).parts) {
          heads.add(head.kind);
          seen.push(...entries.map(({ lines }) => lines[0] ?? ''));
        }
      }
      expect([seen.length, new Set(seen).size, heads.size]).toEqual([total, total, 3]);
    }
  });

  it('is the last one where a later one is asked for, and the first of an empty list', async () => {
    expect((await shown([paged('personal', 51)], 9)).at).toEqual([2, 2, 51, 51, 51]);
    expect((await shown([paged('personal', 51)], 0)).at).toEqual([1, 2, 1, 50, 51]);
    expect(await shown([], 3)).toEqual({ parts: [], at: [1, 1, 0, 0, 0] });
  });
});
