import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { BodyView } from '../../../app/_components/letter/body-view.tsx';
import type { SignatoryRecord } from '../../../lib/block/record.ts';
import { entryHtml } from '../../../lib/html/block.ts';
import { bodyHtml } from '../../../lib/html/body.ts';
import { renderHtml } from '../../../lib/html/page.ts';
import { parseMarkdown } from '../../../lib/text/markdown.ts';
import { collected } from '../../support/collected.ts';
import { documentOf } from '../../support/documents.ts';
import { awkwardNames, honestNames } from '../../support/names.ts';

const page = async (options: Parameters<typeof documentOf>[0] = {}): Promise<string> => collected(renderHtml(await documentOf(options)));

describe('renderHtml', () => {
  it('gives every part of the letter in its place and language', async () => {
    const html = await page();
    for (const part of [
      '<html lang="en" dir="ltr">',
      '<title>Keep the night ferry</title>',
      '<p class="place-date"><bdi>Port Ellery</bdi>, <bdi>2 May 2026</bdi></p>',
      '<dt>To:</dt><dd><bdi>Maren Oldquist, Minister of Harbours</bdi><br><bdi>1 Quay Street</bdi></dd>',
      '<dt>cc:</dt><dd><bdi>Lighthouse Board</bdi></dd>',
      '<dt>Re:</dt><dd><bdi>HC/23</bdi></dd>',
      '<p class="subtitle">23<sup>rd</sup> session</p>',
      '<h2>Demands</h2>',
      'things &amp; more:<sup><a href="#text-1-note-1" id="text-1-ref-1" role="doc-noteref">1</a></sup>',
      '<ol>\n<li>ferries</li>',
      '<a href="https://harbour.example/?a=1&amp;b=2" rel="noopener noreferrer nofollow">times</a>',
      '<th class="align-end" scope="col">hour</th>',
      '<article lang="fa" dir="rtl">',
      'Translation; the authentic text',
    ]) {
      if (part.startsWith('Translation')) expect(html).toContain('ترجمه؛ زبان متن معتبر: انگلیسی');
      else expect(html).toContain(part);
    }
    expect(html.indexOf('lang="fa"')).toBeGreaterThan(html.indexOf('The undersigned'));
  });

  it('runs nothing and fetches nothing', async () => {
    const html = await page({ records: [{ capacity: 'personal', name: 'A', url: 'https://example.org/x' }] });
    expect(html).not.toMatch(/<script|<link|<img|<iframe|\son\w+=|@import|url\(|src=/i);
    expect(html).toContain("default-src 'none'");
  });

  it('prints names that look like markup as letters', async () => {
    const records = awkwardNames.map((name): SignatoryRecord => ({ capacity: 'personal', name }));
    const html = await page({ records });
    expect(html).not.toContain('<script>');
    expect(html).not.toContain('<img');
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    const leads = [...html.matchAll(/<bdi class="lead">(.*?)<\/bdi>/g)].map(([, text = '']) =>
      text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&amp;', '&'),
    );
    expect(leads).toEqual(awkwardNames);
  });

  it('sets an addendum below the list, with headings of its own', async () => {
    const records: SignatoryRecord[] = [
      { capacity: 'personal', name: 'Late Reader', addendum: '2027-05-03' },
      { capacity: 'personal', name: 'Ana' },
      { capacity: 'organisation', organisation: 'Late Union', addendum: '2027-05-03' },
    ];
    const html = await page({ records });
    const list = html.slice(html.indexOf('<section'));
    expect(list.replace(/\s+/g, ' ')).toContain(
      '</section> <section class="addendum"> <h2>Addendum of 3 May 2027</h2> <section class="signatories organisations"> <ul',
    );
    expect(list).toContain('<h3>Personal capacity:</h3>');
    expect(
      ['Ana', 'Addendum of', 'Late Union', 'Late Reader']
        .map((what) => list.indexOf(what))
        .every((at, index, all) => at > (all[index - 1] ?? -1)),
    ).toBe(true);
    expect(list).toMatch(/<\/section>\n<\/section>\n<\/main>/);
  });

  it('holds every signatory once and in order', async () => {
    const records = honestNames.map((name): SignatoryRecord => ({ capacity: 'personal', name }));
    const html = await page({ records });
    expect([...html.matchAll(/<bdi class="lead">(.*?)<\/bdi>/g)].map(([, name]) => name?.replaceAll('&#39;', "'"))).toEqual(honestNames);
  });

  it('marks what is not final, withdrawn or not for everybody', async () => {
    const asOf = new Date('2026-05-02T10:15:00Z');
    expect(await page({ mark: { type: 'not-final', asOf, zone: 'Europe/Berlin' } })).toContain('As of 2 May 2026 at 12:15');
    expect(await page({ mark: { type: 'withdrawn', asOf, zone: 'Europe/Berlin' } })).toContain('Withdrawn on 2 May 2026 at 12:15');
    expect(await page({ mark: { type: 'draft' } })).toContain('<p class="mark">Draft</p>');
    expect(await page({ edition: 'addressee' })).toContain('not for publication');
    expect(await page()).not.toContain('class="mark"');
  });

  it('gives the block alone', async () => {
    const document = await documentOf({ records: [{ capacity: 'personal', name: 'Ana' }] });
    const html = await collected(renderHtml(document, { blockOnly: true }));
    expect(html).not.toContain('<article');
    expect(html).toContain('Ana');
  });
});

describe('entryHtml', () => {
  it('isolates the lead and each detail', () => {
    expect(entryHtml({ lines: ['Ana, Chair'], lead: 3 })).toBe('<li><bdi class="lead">Ana</bdi>, <bdi>Chair</bdi></li>\n');
    expect(entryHtml({ lines: ['Ana', 'Chair'], lead: 3 })).toBe('<li><bdi class="lead">Ana</bdi><br><bdi>Chair</bdi></li>\n');
    expect(entryHtml({ lines: ['Ana (Chair)'], lead: 3 })).toBe('<li><bdi class="lead">Ana</bdi> <bdi>(Chair)</bdi></li>\n');
  });
});

describe('bodyHtml', () => {
  it('gives every id once though a note is referred to twice', () => {
    const body = parseMarkdown('a[^1] b[^1]\n\n[^1]: c');
    if (!body.ok) throw new Error('no body');
    const html = bodyHtml(body.value, { idPrefix: 'x-', headingLevel: 2, direction: 'ltr', notesHeading: 'Notes' });
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(html).toContain('href="#x-ref-1"');
  });

  it.each([
    ['ltr', 'a¹,²', 'b² ¹', 'c¹,³', 'd¹ e²'],
    ['rtl', 'a¹ ²', 'b² ¹', 'c¹ ³', 'd¹ e²'],
  ] as const)('keeps marks side by side from being one number: %s', (direction, ...expected) => {
    const body = parseMarkdown('a[^1][^2]\n\nb^2^[^1]\n\n*c[^1]*[^3]\n\nd[^1] e[^2]\n\n[^1]: x\n\n[^2]: y\n\n[^3]: z');
    if (!body.ok) throw new Error('no body');
    const page = bodyHtml(body.value, { idPrefix: 'x-', headingLevel: 2, direction, notesHeading: 'Notes' });
    const view = renderToStaticMarkup(createElement(BodyView, { body: body.value, context: { prefix: 'x-', depth: 1, direction } }));
    const raised = (text: string) => text.replaceAll(/\d/g, (digit) => '⁰¹²³'[Number(digit)] ?? '');
    for (const html of [page, view]) {
      const paragraphs = [...html.matchAll(/<p>(.*?)<\/p>/g)].slice(0, expected.length);
      expect(paragraphs.map(([, words = '']) => raised(words.replaceAll(/<[^>]*>/g, '')))).toEqual(expected);
    }
  });
});
