import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { PdfWaiting } from '../../../app/_components/letter/pdf-wait.tsx';
import { lookAt, type PdfWait, readPdfAsked, waitingAddress } from '../../../app/_request/pdf-waiting.ts';
import { translator } from '../../../lib/i18n/translator.ts';
import { letterDocument, section } from '../../support/letter-documents.ts';

const PLACE = '4b2c3c46-7f0e-4f43-9d5c-0c5a5b1f7f11';
const pdf = (count: number, edition: 'public' | 'addressee' = 'public') => ({
  letterId: 'let_waiting',
  state: '',
  document: letterDocument({ edition, sections: [section([], { count })] }),
});
const asks = (path: string, headers: Record<string, string> = { 'sec-fetch-dest': 'document' }, method = 'GET') =>
  new Request(`http://localhost${path}`, { headers, method });

describe('whoever asks for a PDF', () => {
  it('is led to a page by their browser where the list is long, with what they asked for and a place of their own', () => {
    const led = waitingAddress(asks('/l/a/pdf?language=fa&page=letter&other=1&place=mine'), pdf(6_000), '/l/a/pdf/wait');
    const { pathname, searchParams } = new URL(led ?? '', 'http://localhost');
    const { place, ...naming } = Object.fromEntries(searchParams);
    expect([pathname, naming]).toEqual(['/l/a/pdf/wait', { language: 'fa', page: 'letter' }]);
    expect(place).toMatch(/^[0-9a-f-]{36}$/);
    expect(waitingAddress(asks('/l/a/pdf'), pdf(6_000), '/l/a/pdf/wait')).not.toContain(place);
    expect(waitingAddress(asks('/'), pdf(6_000, 'addressee'), '/letters/let_1/pdf')).toMatch(
      /^\/letters\/let_1\/pdf\?edition=addressee&place=/,
    );
    // What an address says of an edition is nothing where the public one is handed out.
    expect(waitingAddress(asks('/?edition=addressee'), pdf(6_000), '/wait')).not.toContain('edition');
    expect(waitingAddress(asks('/', { accept: 'text/html,*/*;q=0.8' }), pdf(6_000), '/wait')).toContain('/wait?place=');
  });

  it.each([
    ['the list is short', asks('/'), 4_999],
    ['the list is longer than any that is kept', asks('/'), 1_000_000],
    ['they want it as it is made', asks('/?straight=1'), 6_000],
    ['it is no browser', asks('/', { accept: '*/*' }), 6_000],
    ['it stands in a page', asks('/', { accept: 'text/html', 'sec-fetch-dest': 'iframe' }), 6_000],
    ['they ask for its head alone', asks('/', { accept: 'text/html' }, 'HEAD'), 6_000],
  ])('gets the file at once where %s', (_, request, count) => {
    expect(waitingAddress(request, pdf(count), '/wait')).toBeNull();
  });

  it('begins nothing by opening the page of a short list, or of one they gave up', async () => {
    let read = 0;
    const counting = (count: number) => {
      const batches = () => {
        read++;
        return section([]).batches();
      };
      const sections = [section([], { count, batches })];
      return { ...pdf(count), document: letterDocument({ sections }) };
    };
    expect(await lookAt(counting(10), readPdfAsked({}))).toBe('finished');
    expect(await lookAt(counting(6_000), readPdfAsked({ cancelled: '1' }))).toBe('cancelled');
    expect(read).toBe(0);
  });

  it('has a name that says nothing where it is none of ours', () => {
    const odd = readPdfAsked({ place: '../x', look: 'no', language: ['en', 'fa'], part: 'signatories' });
    expect(odd).toMatchObject({ naming: { part: 'signatories' }, fresh: false, look: null, cancelled: false });
    expect(odd.place).toMatch(/^[0-9a-f-]{36}$/);
    expect(readPdfAsked({ place: PLACE })).toMatchObject({ place: PLACE, fresh: true });
    expect(readPdfAsked({ place: PLACE, look: 'once' })).toMatchObject({ place: PLACE, fresh: false, look: 'once' });
  });
});

describe('the page on which somebody waits', () => {
  const shown = (wait: PdfWait, given: Record<string, string>, locale: 'en' | 'fa' = 'en') =>
    renderToStaticMarkup(
      createElement(PdfWaiting, {
        ...{ t: translator(locale), wait, asked: readPdfAsked({ language: 'fa', place: PLACE, ...given }) },
        ...{ page: '/l/a/pdf/wait', file: '/l/a/pdf', back: '/l/a' },
      }),
    );
  const addresses = (html: string) => [...html.matchAll(/(?:href|action)="([^"]*)"/g)].map(([, to = '']) => to.replaceAll('&amp;', '&'));
  const at = (how: string) => `/l/a/pdf/wait?language=fa&place=${PLACE}&look=${how}`;
  const file = '/l/a/pdf?language=fa&straight=1';

  it('says how far it is, and goes nowhere by itself unless it was told to', () => {
    const html = shown({ done: 1_234, total: 6_000 }, {});
    expect(html).toContain('<p role="status">1,234 of 6,000 names are set.</p>');
    expect(html).toContain('<progress class="progress" aria-label="The PDF of this letter" value="1234" max="6000">');
    expect(addresses(html)).toEqual([at('once'), '/l/a/pdf/wait/cancel?language=fa', at('by-itself'), file, '/l/a']);
    expect(html).toContain(
      `<form action="/l/a/pdf/wait/cancel?language=fa" method="post"><input type="hidden" name="place" value="${PLACE}"/>`,
    );
    expect(html).not.toContain('http-equiv');
    expect(shown({ done: 1_234, total: 6_000 }, {}, 'fa')).toContain('۱٬۲۳۴ نام از ۶٬۰۰۰ نام');
  });

  it('looks again by itself for whoever chose it, until they choose otherwise', () => {
    const html = shown('queued', { look: 'by-itself' });
    expect(html).toContain(`<meta http-equiv="refresh" content="2;url=${at('by-itself').replaceAll('&', '&amp;')}"/>`);
    expect(html).toMatch(/<p role="status" tabindex="-1" autofocus="">Other PDFs/i);
    expect(addresses(html)).toContain(at('once'));
    expect(addresses(html)).not.toContain(at('by-itself'));
    expect(shown('busy', { look: 'by-itself' })).toContain('http-equiv="refresh"');
  });

  it('hands the file over when it is there, by a link too', () => {
    const html = shown('finished', { look: 'once' });
    expect(html).toContain(`<meta http-equiv="refresh" content="0;url=${file.replaceAll('&', '&amp;')}"/>`);
    expect(addresses(html)).toEqual([file, '/l/a']);
    expect(shown('finished', {})).not.toContain('http-equiv');
  });

  it.each(['failed', 'cancelled'] as const)('tries no more by itself where it has %s', (wait) => {
    const html = shown(wait, { look: 'by-itself' });
    expect(html).not.toContain('http-equiv');
    expect(addresses(html)).toEqual(['/l/a/pdf?language=fa', '/l/a']);
  });
});
