import { parse } from 'csv-parse/sync';
import { inArray } from 'drizzle-orm';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { renderHtml } from '../../../lib/html/page.ts';
import { letterDocument } from '../../../lib/letters/document.ts';
import { viewPublicPage } from '../../../lib/letters/public-page.ts';
import { readMail } from '../../../lib/outbox/read.ts';
import { renderText } from '../../../lib/plain/text.ts';
import { openInvitedSigning } from '../../../lib/signatures/access.ts';
import { heldData } from '../../../lib/signatures/held-data.ts';
import { listFile } from '../../../lib/signatures/list-file.ts';
import { readListFilter } from '../../../lib/signatures/list-filter.ts';
import { viewList } from '../../../lib/signatures/list-view.ts';
import { makeOpenLink } from '../../../lib/signatures/open-links.ts';
import { signByInvitation } from '../../../lib/signatures/sign.ts';
import { brokenBytes, hostileStrings, isLive, oddValues, worstStrings } from '../../support/hostile.ts';
import { type Door, doorsOf, inviteAnother, letAllIn, type Place, send, typedAgain } from '../../support/hostile-doors.ts';
import {
  answer,
  asRepresentative,
  letterRow,
  NOW,
  type OpenLetter,
  openLetterIn,
  openTestLetter,
  signatureRows,
} from '../../support/invited.ts';
import { letterInput } from '../../support/letters.ts';
import { renderToBytes } from '../../support/pdf.ts';
import { partOf, runs, runTime } from '../../support/property.ts';
import { settleRanks } from '../../support/ranked.ts';
import { describeEachStore, testInstance } from '../../support/stores.ts';
import { testInstance as requestInstance } from '../../unit/request/instance.ts';

/*
 * Guards that were taken out, one at a time, to see this red: `checked` in acceptName (a NUL, a line that ends in a mail's header), the
 * apostrophe of neutralCell (a formula in the table), escapeHtml of lib/email/compose.ts and of lib/html (mark-up in a mail, in a page).
 */

const DAY = 86_400_000;
/** Of the limits of one day, and of what one page shows, none comes in the way of the next string. */
const STRINGS_A_LETTER = 25;

async function whole(pieces: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const piece of pieces) text += piece;
  return text;
}

/** What a browser sends of it: line ends as CR LF, and no lone surrogates. */
const encoded = (fields: Readonly<Record<string, string>>): string =>
  Object.entries(fields)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value.toWellFormed())}`)
    .join('&');
const asKept = (text: string): string => text.toWellFormed().replaceAll(/\r\n?/g, '\n');

/** Rows of people who have nothing to do with it, byte for byte. */
async function neighbours({ instance, letterId }: OpenLetter, ids: readonly string[]): Promise<string> {
  const { read } = instance.store;
  const { signatures, signings, consents, invitations } = read.tables;
  const rows = await read
    .select()
    .from(signatures)
    .where(inArray(signatures.id, [...ids]));
  const acts = rows.map(({ signingId }) => signingId);
  const given = await read.select().from(signings).where(inArray(signings.id, acts));
  const invited = given.flatMap(({ invitationId }) => invitationId ?? []);
  const agreed = await read
    .select()
    .from(consents)
    .where(inArray(consents.signatureId, [...ids]));
  const asked = await read.select().from(invitations).where(inArray(invitations.id, invited));
  expect([rows.length, given.length, agreed.length, asked.length]).toEqual([ids.length, ids.length, ids.length, ids.length]);
  const byId = (one: { readonly id?: string; readonly signatureId?: string }) => one.id ?? one.signatureId ?? '';
  const sorted = [rows, given, agreed, asked].map((table) => [...table].sort((one, other) => (byId(one) < byId(other) ? -1 : 1)));
  return JSON.stringify([letterId, sorted]);
}

type Host = ReturnType<typeof requestInstance>;

/** Whatever was answered: no bug, a sentence at a field of this form, and nothing half done. */
function expectFit(door: Door, host: Host, sent: unknown, answered: Awaited<ReturnType<typeof send>>): void {
  expect({ door: door.name, sent, bugs: host.bugs.map(String) }).toEqual({ door: door.name, sent, bugs: [] });
  expect([200, 400, 413, 422], JSON.stringify({ door: door.name, sent })).toContain(answered.status);
  if (answered.status !== 422) return;
  expect(answered.faults.length).toBeGreaterThan(0);
  for (const { place, message } of answered.faults) {
    expect(place).toMatch(/^[\w[\].-]*$/);
    expect(message).toMatch(/\S/);
    expect(message).not.toMatch(/fault\.|undefined|\[object/);
  }
}

/** One string in all fields that take text; then it in any one field, a value that no form sends, or bytes that are no text. */
async function attack(doors: readonly Door[], text: string, turn: number): Promise<void> {
  for (const door of doors) {
    const host = requestInstance();
    const everywhere = { ...door.honest, ...Object.fromEntries(door.texts.map((field) => [field, text])) };
    const form = encoded(everywhere);
    const first =
      turn % 2 === 0 || !text.isWellFormed()
        ? await send(door, host, JSON.stringify(everywhere), 'application/json')
        : await send(door, host, form, FORM);
    expectFit(door, host, everywhere, first);
    if (first.status === 422) {
      const kept = await typedAgain(door, host, form);
      const typed = Object.fromEntries(Object.entries(everywhere).map(([name, value]) => [name, asKept(value)]));
      if (kept !== null) expect(kept).toEqual(typed);
    }
    const fields = Object.keys(everywhere);
    const field = fields[turn % fields.length] ?? '';
    const oddly = [text, oddValues[turn % oddValues.length], null][turn % 3];
    if (oddly !== null) {
      const given = { ...everywhere, [field]: oddly };
      expectFit(door, host, given, await send(door, host, JSON.stringify(given), 'application/json'));
    } else {
      const named = `&__proto__=x&constructor=${encodeURIComponent(text.toWellFormed())}`;
      const broken = `${form}&${encodeURIComponent(field)}=${brokenBytes[turn % brokenBytes.length]}${named}`;
      expectFit(door, host, broken, await send(door, host, broken, FORM));
    }
    expect(({} as Readonly<Record<string, unknown>>)['polluted']).toBeUndefined();
  }
}
const FORM = 'application/x-www-form-urlencoded';

/** Mails are headers of one line each, and pages that run nothing; read and then taken away. */
async function checkMails({ store, keys }: OpenLetter['instance']): Promise<void> {
  const { outbox } = store.read.tables;
  for (const row of await store.read.select().from(outbox)) {
    const mail = readMail({ keys }, row);
    if (!mail.ok) continue;
    const { to, fromName, replyTo = '', subject, html, text } = mail.value;
    for (const header of [to, fromName, replyTo, subject]) expect(header).not.toMatch(/[\p{Cc}\u2028\u2029]/u);
    expect(text).not.toMatch(/[^\P{Cc}\n]/u);
    expect(isLive(html) ? html : '').toBe('');
  }
  await store.inTransaction((tx) => tx.delete(outbox));
}

/** Every form in which the list leaves the house. */
async function checkOutputs(open: OpenLetter, now: Date, own: Parameters<typeof heldData>[1], withPdf: boolean): Promise<void> {
  const { instance, letter, letterId } = open;
  const document = await letterDocument(instance, letterId, { edition: 'public', now });
  if (!document) throw new Error('no document');
  const html = await whole(renderHtml(document));
  expect(isLive(html) ? html : '').toBe('');
  expect(await whole(renderText(document))).not.toMatch(/[^\P{Cc}\n]/u);
  const csv = await listFile(instance, letter, 'all');
  const rows = parse((await whole(csv ?? (async function* () {})())).slice(1)) as readonly (readonly string[])[];
  expect(rows.flat().filter((cell) => /^\s*[=+\-@\t\r\0\uFF1D\uFF0B\uFF0D\uFF20]/.test(cell))).toEqual([]);
  expect(new Set(rows.map((row) => row.length)).size).toBe(1);
  const held = JSON.stringify(await heldData(instance, own, now));
  expect(JSON.parse(held)).toMatchObject({ you: { name: 'Neighbour 0' } });
  await settleRanks(open, now);
  expect(await viewPublicPage(instance, (await letterRow(open)).slug, { language: null, after: null, words: '' }, now)).not.toBeNull();
  if (withPdf) expect((await renderToBytes(document)).pages).toBeGreaterThan(0);
}

describeEachStore('hostile strings in every field', (open, engine) => {
  it('break nothing, move no neighbour, and stay text wherever they are shown', { timeout: runTime(180_000) }, async () => {
    const instance = testInstance((await open()).store);
    const first = await openTestLetter(instance);
    const strings = [...worstStrings, ...fc.sample(hostileStrings, runs(engine === 'SQLite' ? 6 : 3, 5_000))];
    const letters = Array.from({ length: Math.ceil(strings.length / STRINGS_A_LETTER) }, (_, index) => index * STRINGS_A_LETTER);
    for (const from of partOf(letters)) {
      const input = letterInput({ preset: 'open-letter', deadlineAt: new Date('2060-01-01T00:00:00Z') });
      const letter = await openLetterIn(instance, first.letter as never, input, NOW);
      const link = await makeOpenLink(instance, letter.letter, { label: '', cap: null, lastDay: '' }, NOW);
      if (!link.ok) throw new Error('no link');
      const place = { open: letter, slug: link.value.slug, now: NOW };
      const undecided = await inviteAnother({ ...place, number: -1 }, 'undecided');
      const tokens: string[] = [];
      for (let number = 0; number < 5; number++) {
        const holder = await inviteAnother({ ...place, number }, 'neighbour');
        tokens.push(holder.token);
        const given = answer(letter, holder, asRepresentative(`neighbour ${number}`, `Neighbour ${number}`));
        expect((await signByInvitation(instance, holder.scope, given, NOW)).ok).toBe(true);
      }
      const ids = (await signatureRows(letter)).map(({ id }) => id);
      const before = await neighbours(letter, ids);
      for (const [index, text] of strings.slice(from, from + STRINGS_A_LETTER).entries()) {
        const number = from + index;
        const at: Place = { ...place, undecided, number, now: new Date(NOW.getTime() + index * DAY) };
        await attack(await doorsOf(at), text, number);
        await letAllIn(letter, at.now);
        for (const words of [text, `${text} x`]) {
          await viewList(instance, letter.letter, readListFilter({ words }), null);
          await viewPublicPage(instance, (await letterRow(letter)).slug, { language: text, after: text, words }, at.now);
        }
        expect(await neighbours(letter, ids)).toBe(before);
        await checkMails(instance);
      }
      const own = await openInvitedSigning(instance, tokens[0] ?? '');
      if (!own.ok) throw new Error('no own page');
      await checkOutputs(letter, new Date(NOW.getTime() + 30 * DAY), own.value, engine === 'SQLite' && from === 0);
    }
  });
});
