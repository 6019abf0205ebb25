import { parse } from 'csv-parse/sync';
import { expect, it } from 'vitest';
import { renderHtml } from '../../../lib/html/page.ts';
import { acceptLetterHead } from '../../../lib/letter-file/letter-file.ts';
import { surveyInline } from '../../../lib/letter-file/signatories.ts';
import { letterDocument } from '../../../lib/letters/document.ts';
import { importLetter } from '../../../lib/letters/import.ts';
import { renderText } from '../../../lib/plain/text.ts';
import { openConfirmation, openInvitedSigning } from '../../../lib/signatures/access.ts';
import { confirmSigning } from '../../../lib/signatures/confirm.ts';
import { correctOwnEntry } from '../../../lib/signatures/correct.ts';
import { correctEntry } from '../../../lib/signatures/correct-by-member.ts';
import { correctEntryForm, correctOwnForm } from '../../../lib/signatures/correct-schema.ts';
import { listFile } from '../../../lib/signatures/list-file.ts';
import { makeOpenLink } from '../../../lib/signatures/open-links.ts';
import { viewOwnPage } from '../../../lib/signatures/own-view.ts';
import { acceptPasted } from '../../../lib/signatures/pasted-rows.ts';
import { approveEntries } from '../../../lib/signatures/review.ts';
import { MOST_OTHERS, openSignForm, otherField } from '../../../lib/signatures/schema.ts';
import { seenMark } from '../../../lib/signatures/seen-mark.ts';
import { signByInvitation } from '../../../lib/signatures/sign.ts';
import { signByOpenLink } from '../../../lib/signatures/sign-by-open-link.ts';
import { vouchEntries } from '../../../lib/signatures/vouch.ts';
import { vouchForm, vouchRowsForm } from '../../../lib/signatures/vouch-schema.ts';
import { foundTestCoalition, letterScope } from '../../support/coalition.ts';
import { honestNames, honestScripts } from '../../support/honest-names.ts';
import { answer, hoursLater, invite, type OpenLetter, openLetterIn, signatureRows } from '../../support/invited.ts';
import { letterInput } from '../../support/letters.ts';
import { mailTokens } from '../../support/open-signed.ts';
import { renderToBytes, textOf } from '../../support/pdf.ts';
import { sampled } from '../../support/property.ts';
import { describeEachStore, testInstance } from '../../support/stores.ts';
import { hasTool } from '../../support/tools.ts';

/** Names of one act: of the person, of an organisation and further ones, and of the affiliation. */
const IN_ONE_ACT = 3 + MOST_OTHERS;
const acts: readonly (readonly string[])[] = Array.from({ length: Math.ceil(honestNames.length / IN_ONE_ACT) }, (_, act) => {
  const names = honestNames.slice(act * IN_ONE_ACT, (act + 1) * IN_ONE_ACT);
  // The last act is filled up with names of the first ones, so that every act has the same fields.
  return [...names, ...honestNames.slice(0, IN_ONE_ACT - names.length).map((name) => `${name} 2`)];
});

/** One act with a name in every field that takes one. */
function actOf([name = '', organisation = '', affiliation = '', ...others]: readonly string[]): Readonly<Record<string, string>> {
  const groups = others.map((other, index) => [
    [otherField(index, 'organisation'), other],
    [otherField(index, 'role'), 'Chair'],
    [otherField(index, 'authorised'), 'yes'],
  ]);
  return {
    signer: 'organisation',
    organisation,
    name,
    role: 'Director',
    ownAffiliation: affiliation,
    personally: 'yes',
    representativePrinted: 'yes',
    publication: 'public',
    authorised: 'yes',
    ...Object.fromEntries(groups.flat()),
  };
}

const inForm = (names: readonly string[]): readonly string[] => names.map((name) => name.normalize('NFC')).sort();
const missingFrom = (text: string, names: readonly string[]): readonly string[] => inForm(names).filter((name) => !text.includes(name));

/** What was held at a gate is looked at and let in. */
async function approveAll({ instance, letter, ...open }: OpenLetter): Promise<void> {
  const held = (await signatureRows({ instance, letter, ...open })).filter(({ status }) => status === 'held');
  const boxes = held.map(({ id, sealed }) => ({ id, seen: seenMark(sealed) }));
  const approved = boxes.length === 0 ? null : await approveEntries(instance, letter, boxes, hoursLater(3));
  if (approved) expect(approved).toEqual({ ok: true, value: { approved: boxes.length, left: 0 } });
}

async function whole(pieces: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const piece of pieces) text += piece;
  return text;
}

/**
 * What a reader of PDFs leaves of a text: it joins lines, with the hyphen that one ends in, and puts numbers and points of a line that runs
 * from right to left where they stand on paper.
 */
const asRead = (text: string): string =>
  text.normalize('NFC').replaceAll(/[\s\-\p{Nd}]|(?=\p{M})[\p{scx=Arabic}\p{scx=Hebrew}\p{scx=Thaana}]/gu, '');
/** Fully pointed, a line falls to pieces for such a reader. */
const isPointed = (name: string): boolean => (name.match(/(?=\p{M})[\p{scx=Arabic}\p{scx=Hebrew}\p{scx=Thaana}]/gu)?.length ?? 0) > 4;

/** Scripts from right to left that such a reader does not know: it turns them round, or not, as the page around them runs. */
const isRead = (text: string, name: string): boolean =>
  /[\p{scx=Adlam}\p{scx=Nko}]/u.test(name)
    ? name.split(' ').every((word) => text.includes(word) || text.includes([...word].reverse().join('')))
    : text.includes(asRead(name));

const withoutMarkup = (html: string): string =>
  html
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');

/** Every name stands in the table and in every form of the document, letter for letter. */
async function standsEverywhere(
  { instance, letter, letterId }: Pick<OpenLetter, 'instance' | 'letter' | 'letterId'>,
  names: readonly string[],
) {
  const csv = await listFile(instance, letter, 'listed');
  const rows = parse((await whole(csv ?? (async function* () {})())).slice(1)) as readonly (readonly string[])[];
  const cells = new Set(rows.flat());
  expect(inForm(names).filter((name) => !cells.has(name))).toEqual([]);
  const document = await letterDocument(instance, letterId, { edition: 'public', now: hoursLater(4) });
  if (!document) throw new Error('no document');
  expect(missingFrom(await whole(renderText(document)), names)).toEqual([]);
  expect(missingFrom(withoutMarkup(await whole(renderHtml(document))), names)).toEqual([]);
  return document;
}

it('are 300 in 40 scripts, some of them decomposed', () => {
  expect(new Set(honestNames.map((name) => name.normalize('NFC'))).size).toBe(300);
  expect(honestScripts.filter((script) => !honestNames.some((name) => new RegExp(`\\p{Script=${script}}`, 'u').test(name)))).toEqual([]);
  expect(honestScripts.length).toBeGreaterThanOrEqual(25);
  expect(honestNames.filter((name) => name !== name.normalize('NFC')).length).toBeGreaterThan(20);
});

/** Watches `acceptName` (lib/text/characters.ts) and everything that carries a name on: red where it strips, folds or refuses a letter. */
describeEachStore('honest names', (open, engine) => {
  const start = async () => {
    const instance = testInstance((await open()).store);
    const founded = await foundTestCoalition(instance, hoursLater(0));
    const letter = (preset: 'open-letter' | 'coalition-letter') =>
      openLetterIn(instance, founded.scope, letterInput({ preset, block: { personal: { form: 'stacked' } } }), hoursLater(0));
    return { instance, ...founded, letter };
  };

  it('are signed with by an open link and come back as they were given', async () => {
    const { instance, letter } = await start();
    const opened = await letter('open-letter');
    const some = sampled(acts, 5);
    const made = await makeOpenLink(instance, opened.letter, { label: honestNames[0] ?? '', cap: null, lastDay: '' }, hoursLater(0));
    if (!made.ok) throw new Error(JSON.stringify(made.reason));
    for (const [index, names] of some.entries()) {
      const common = { fingerprint: opened.fingerprint, language: 'en', step: 'sign', email: `reader-${index}@home.example` };
      const input = openSignForm.parse({ ...common, ...actOf(names) });
      expect(await signByOpenLink(instance, made.value.slug, input, 'en', new Date(hoursLater(1).getTime() + index))).toMatchObject({
        ok: true,
      });
    }
    for (const [index, token] of (await mailTokens(instance, 'confirmation')).entries()) {
      const scope = await openConfirmation(instance, token);
      if (!scope.ok) throw new Error(scope.reason);
      expect(await confirmSigning(instance, scope.value, hoursLater(2))).toMatchObject({ ok: true });
      const own = await viewOwnPage(instance, scope.value, hoursLater(2));
      const [name = '', , affiliation = '', ...others] = some[index] ?? [];
      const shown = own?.own.entries.map(({ fields }) => fields);
      expect(inForm(shown?.map((fields) => (fields.signer === 'personal' ? fields.affiliation : fields.organisation)) ?? [])).toEqual(
        inForm([some[index]?.[1] ?? '', affiliation, ...others]),
      );
      expect(new Set(shown?.map((fields) => fields.name))).toEqual(new Set([name.normalize('NFC')]));
    }
    await approveAll(opened);
    await standsEverywhere(opened, some.flat());
  });

  it('are invited, signed with by their own link and corrected', async () => {
    const { instance, letter } = await start();
    const opened = await letter('coalition-letter');
    const stand = new Set<string>();
    // Others than by the open link.
    const some = sampled(acts, 5, 1);
    const corrections = new Set(sampled([...some.keys()], 3));
    for (const [index, names] of some.entries()) {
      const [name = '', organisation = '', ...others] = names;
      const invited = await invite(opened, { organisation, name }, `reader-${index}@home.example`, hoursLater(0));
      const given = answer(opened, invited, actOf(names));
      expect(await signByInvitation(instance, invited.scope, given, hoursLater(1))).toMatchObject({ ok: true });
      for (const each of names) stand.add(each);
      if (!corrections.has(index)) continue;
      // In their own name they are called otherwise, as somebody else of the list is.
      const own = await openInvitedSigning(instance, invited.token);
      const page = own.ok ? await viewOwnPage(instance, own.value, hoursLater(2)) : null;
      const personal = page?.own.entries.find(({ capacity }) => capacity === 'personal');
      if (!own.ok || !page || !personal) throw new Error('no own page');
      const wished = `${honestNames[(index * 7) % honestNames.length]} 3`;
      const { representativePrinted: _, ...fields } = personal.fields;
      const { seen, signatureId: entry } = personal;
      const input = { ...fields, signing: page.own.signingId, entry, seen, publication: 'public', name: wished };
      const corrected = await correctOwnEntry(instance, own.value, correctOwnForm.parse(input), hoursLater(2));
      expect(corrected).toEqual({ ok: true, value: { waits: false } });
      stand.add(wished);
      expect((await viewOwnPage(instance, own.value, hoursLater(2)))?.own.signedBy.name).toBe(wished.normalize('NFC'));
      expect(others.length).toBe(IN_ONE_ACT - 2);
    }
    await approveAll(opened);
    await standsEverywhere(opened, [...stand]);
  });

  it('are recorded singly and as a pasted table, and corrected by a member', async () => {
    const { instance, letter } = await start();
    const opened = await letter('coalition-letter');
    const said = { publication: 'public', means: 'on paper', date: '2026-03-01', representativePrinted: 'yes' };
    const stand: string[] = [];
    for (let from = 0; from < honestNames.length; from += 150) {
      const some = honestNames.slice(from, from + 150);
      const quoted = some.map((name) => `"${name.replaceAll('"', '""')}"`);
      const rows = ['organisation,name,email', ...quoted.map((name, index) => `${name},${quoted.at(-1 - index)},`)].join('\n');
      const pasted = acceptPasted(vouchRowsForm.parse({ ...said, kind: 'organisation', heading: 'yes', rows }));
      if (!pasted.ok) throw new Error(JSON.stringify(pasted.reason));
      const recorded = await vouchEntries(
        instance,
        opened.letter,
        {
          rows: pasted.value.map(({ row }) => row),
          said: vouchForm.parse({ ...said, capacity: 'personal', name: 'x' }),
          mark: `table ${from}`,
        },
        hoursLater(1),
      );
      expect(recorded).toMatchObject({ ok: true, value: { status: 'listed' } });
      stand.push(...some);
    }
    for (const name of sampled(honestNames, 20)) {
      const row = vouchForm.parse({ ...said, capacity: 'personal', name: `${name} 4`, role: name, city: name.slice(0, 20) });
      expect(await vouchEntries(instance, opened.letter, { rows: [row], said: row, mark: name }, hoursLater(1))).toMatchObject({
        ok: true,
      });
      stand.push(`${name} 4`);
    }
    const rows = await signatureRows(opened);
    for (const [index, name] of sampled(honestNames, 20, 1).entries()) {
      const input = correctEntryForm.parse({ organisation: honestNames[index], name: `${name} 5`, role: 'Chair', reason: name });
      expect(await correctEntry(instance, opened.letter, rows[index]?.id ?? '', input, hoursLater(2))).toEqual({ ok: true, value: null });
      stand.push(`${name} 5`);
    }
    await standsEverywhere(opened, stand);
  });

  it('are imported', async () => {
    const { instance, scope } = await start();
    const texts = [{ language: 'en', headline: 'Wells stay open', body: 'Water is *ours*.' }];
    const file = acceptLetterHead({ format: 'undersigned-letter/1', letter: { kind: 'petition', authenticLanguage: 'en', texts } });
    if (!file.ok) throw new Error(JSON.stringify(file.reason));
    const signatories = surveyInline(
      honestNames.map((name, index) =>
        index % 2 === 0 ? { capacity: 'personal', name, city: name.slice(0, 20) } : { capacity: 'organisation', organisation: name },
      ),
    );
    const common = { onFault: 'refuse', fileHash: 'a'.repeat(64), again: true, means: 'on paper', zone: 'Europe/Lisbon' } as const;
    const input = { ...common, file: file.value, signatories, coalitionSlug: 'clear-water-alliance', as: 'nila@coalition.example' };
    const imported = await importLetter(instance, input, hoursLater(1));
    if (!imported.ok) throw new Error(imported.reason);
    const { letterId } = imported.value;
    const document = await standsEverywhere({ instance, letterId, letter: letterScope(scope, letterId) as never }, honestNames);
    // The same document on either engine: looked at once.
    if (engine !== 'SQLite' || !hasTool('pdftotext')) return;
    const { bytes, missing } = await renderToBytes(document);
    expect(missing).toEqual([]);
    const legible = inForm(honestNames).filter((name) => !isPointed(name));
    expect(legible.length).toBeGreaterThan(275);
    const read = asRead(textOf(bytes));
    expect(legible.filter((name) => !isRead(read, name))).toEqual([]);
  });
});
