import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shownText } from '../support/browser.ts';
import { Campaign, SUBJECTS, said } from '../support/campaign.ts';
import { inviteTo, openLetter } from '../support/desk.ts';
import { linkOf } from '../support/mailbox.ts';
import { textOf } from '../support/pdf.ts';
import { press, sign, type } from '../support/signatories.ts';
import { hasTool } from '../support/tools.ts';

const DAY_MS = 86_400_000;
/** Tomorrow, so that no cookie of a day of the letter is one of the past to the browser. */
const FIRST_DAY = Math.floor(Date.now() / DAY_MS + 1) * DAY_MS;
/** An instant of the letter's first, second … day, in UTC. */
const day = (number: number, time: `${number}:${number}`): Date => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return new Date(FIRST_DAY + (number - 1) * DAY_MS + (hours * 60 + minutes) * 60_000);
};
const dayOf = (number: number): string => day(number, '0:00').toISOString().slice(0, 10);

/** What stands under the letter when it is handed over, a line each. */
const IN_THE_END = [
  'Dockers Choir',
  'Ferry Workers Union',
  'Harbour Forum (HF)',
  'Ilse Okoye, Chair',
  'Lantern Museum',
  'Ada Fenwick, Curator',
  'Orchard Bank Growers',
  'Sam Pell, Chair',
  'Quiet Harbour Trust',
  'Ebba Sund, Trustee',
  'Reed Cutters Guild',
  'Ruta Brandt, Warden',
  'Salt Road Archive',
  'Imke Roth, Archivist',
  'Tidal Energy Watch',
  'Jorun Hale, Director',
  'Upper Lock Parish',
  'Len Hobday, Warden',
  'Weir Keepers League',
  'Alma Reyes, Keeper',
  'کانون رود',
  'نرگس فرهادی, دبیر',
  'Personal capacity:',
  'Affiliations are given for identification only.',
  'Corin Aldous',
  'Wanda Aldous',
  'Tomas Ardelean, Oceanographer, Institute of Tides',
  'Maja Dahl, Odense',
  'Jonas Ekdal',
  'Nadia Ferrante',
  'Oskar Lind, Lund',
  'Anselm Moor, Delft',
  'Édua Nagy',
  'Bruno Quist',
  'Solveig Tamm',
  'Hanne Vik, Bergen',
  'Dana Whitlock, Deckhand, Night Ferry Cooperative',
];

/** Who is told of the delivery by mail, beside the one who is asked for it: whoever signed, stands in the list and has an address. */
const TOLD = [
  'ada@lantern.example',
  'aldous@home.example',
  'aldous@home.example',
  'anselm@home.example',
  'dana@nightferry.example',
  'edua@home.example',
  'guild@reeds.example',
  'imke@saltroad.example',
  'len@upperlock.example',
  'nadia@home.example',
  'nuri@home.example',
  'odile@home.example',
  'office@ferries.example',
  'oskar@home.example',
  'sam@orchard.example',
  'solveig@home.example',
  'tomas@home.example',
  'trust@quiet.example',
  'watch@tidal.example',
];

/**
 * A public letter from its first day to the day after its deadline: fifteen organisations and twenty people, every answer and every kind
 * of link.
 */
describe.skipIf(!hasTool('chromium') || !hasTool('pdftotext') || !hasTool('faketime'))('a letter of nine days', () => {
  let at: Campaign;

  beforeAll(async () => {
    at = await Campaign.begin(day(1, '9:00'), 'office@orchard.example');
  }, 240_000);
  afterAll(() => at?.end());

  it('day 1: is opened; organisations and people are invited and answer', async () => {
    const { page } = at.desk;
    at.letter = await openLetter(page, {
      to: 'Ms Ottoline Varga\nMinister of Waters',
      headline: 'The river belongs to everyone',
      body: 'We ask you to open the banks again.\n\nThat is all we ask.',
      deadline: dayOf(8),
      preset: 'Public letter',
    });
    await at.onDesk('/links');
    await page.getByLabel('What it is for').fill('Newsletter');
    await page.getByRole('button', { name: 'Make the link' }).click();
    at.openLink = await page.getByLabel('Address of the link Newsletter').inputValue();
    await at.onDesk('/release');
    at.publicPage = await page.getByLabel('The public address').inputValue();

    for (const [organisation, name, email] of [
      ['Harbour Forum', 'Ilse Okoye', 'ilse@harbour.example'],
      ['Ferry Workers Union', '', 'office@ferries.example'],
      ['Reed Cutters Guild', '', 'guild@reeds.example'],
      ['Bank of Everything', '', 'desk@bank.example'],
      ['Lantern Museum', 'Ada Fenwick', 'ada@lantern.example'],
      ['Night Ferry Cooperative', 'Dana Whitlock', 'dana@nightferry.example'],
      ['Salt Road Archive', 'Oren Blythe', 'oren@saltroad.example'],
      ['Upper Lock Parish', '', 'office@upperlock.example'],
      ['Orchard Bank Growers', '', 'office@orchard.example'],
      ['Quiet Harbour Trust', '', 'trust@quiet.example'],
      ['Mill Pond Society', 'Gerda Lunt', 'gerda@millpond.example'],
    ] as const)
      await inviteTo(page, at.letter, { organisation, ...(name === '' ? {} : { name }), email });
    await inviteTo(page, at.letter, { organisation: 'کانون رود', name: 'نرگس فرهادی', email: 'narges@rood.example', language: 'fa' });
    await inviteTo(page, at.letter, { name: 'Tomas Ardelean', email: 'tomas@home.example' });
    await inviteTo(page, at.letter, { name: 'Mirela Quist', email: 'mirela@home.example' });

    await at.answer('ilse@harbour.example', { signer: 'organisation', acronym: 'HF', role: 'Chair', representativePrinted: true });
    const union = await at.answer('office@ferries.example', {
      signer: 'organisation',
      name: 'Bruno Quist',
      role: 'Secretary',
      representativePrinted: false,
      personally: true,
      'others[0].organisation': 'Dockers Choir',
      'others[0].role': 'Treasurer',
    });
    expect(await said(union)).toMatch(/Dockers Choir[\s\S]*held until[\s\S]*Bruno Quist/);
    const guild = await at.invited('guild@reeds.example');
    await type(guild, '/i/consider', { until: dayOf(3) });
    await press(guild, '/i/consider');
    expect(await said(guild)).toContain('You said that you decide on');
    for (const [email, reason] of [
      ['desk@bank.example', 'We never sign anything.'],
      ['ada@lantern.example', 'Not without our director.'],
      ['mirela@home.example', ''],
    ] as const) {
      const page = await at.invited(email);
      await type(page, '/i/decline', { reason });
      await press(page, '/i/decline');
      expect(await said(page)).toContain('You declined');
    }
    await at.answer('dana@nightferry.example', { signer: 'personal', role: 'Deckhand', affiliation: 'Night Ferry Cooperative' });
    await at.answer('tomas@home.example', { role: 'Oceanographer', affiliation: 'Institute of Tides' });
    await at.answer('gerda@millpond.example', { signer: 'organisation', role: 'Chair' });

    const rood = await at.invited('narges@rood.example', { subject: 'دعوت', locale: 'fa' });
    expect(await rood.locator('html').getAttribute('dir')).toBe('rtl');
    await sign(rood, '/i/sign', { signer: 'organisation', role: 'دبیر', representativePrinted: true, publication: 'public' });
    expect(await said(rood)).toContain('نرگس فرهادی');

    const page2 = await at.onDesk('/invitations');
    const row = (who: string) => page2.getByRole('row').filter({ hasText: who });
    expect(await shownText(row('Orchard Bank Growers'))).toContain('Address refused');
    expect(await shownText(row('Bank of Everything'))).toContain('We never sign anything.');
    await at.expectNames(
      ['Harbour Forum (HF)', 'Ilse Okoye', 'Ferry Workers Union', 'Bruno Quist', 'Mill Pond Society', 'کانون رود', 'Dana Whitlock'],
      ['Dockers Choir', 'Bank of Everything', 'Bruno Quist, Secretary', 'Mirela Quist'],
    );
  });

  it('day 2: the open link is handed around', async () => {
    await at.nextMorning(day(2, '10:00'));
    await Promise.all([
      at.signOpenly('edua@home.example', { signer: 'personal', name: 'Édua Nagy' }),
      at.signOpenly('aldous@home.example', { signer: 'personal', name: 'Corin Aldous' }),
      at.signOpenly('nuri@home.example', { signer: 'personal', name: 'Nuri Salcedo', publication: 'counted' }),
      at.signOpenly('odile@home.example', { signer: 'personal', name: 'Odile Marchetti', publication: 'addressee' }),
    ]);
    await Promise.all([
      at.signOpenly('ferran@home.example', { signer: 'personal', name: 'Ferran Oduya' }),
      at.signOpenly('petra@home.example', { signer: 'personal', name: 'Petra Vance' }),
      at.signOpenly('ruben@home.example', { signer: 'personal', name: 'Ruben Achterberg' }),
      at.signOpenly('solveig@home.example', { signer: 'personal', name: 'Solveig Tamm' }),
    ]);
    await Promise.all([
      at.signOpenly('anselm@home.example', { signer: 'personal', name: 'Anselm Moor' }),
      at.signOpenly('nadia@home.example', { signer: 'personal', name: 'Nadia Ferrante' }),
      at.signOpenly('watch@tidal.example', {
        signer: 'organisation',
        organisation: 'Tidal Energy Watch',
        name: 'Jorun Hale',
        role: 'Director',
      }),
      at.signOpenly('second@harbour.example', { signer: 'organisation', organisation: 'Harbour Forum', name: 'Piet Vos', role: 'Deputy' }),
    ]);
    await at.expectNames([], ['Édua Nagy', 'Corin Aldous', 'Tidal Energy Watch']);
    for (const [email, name] of [
      ['edua@home.example', 'Édua Nagy'],
      ['aldous@home.example', 'Corin Aldous'],
      ['nuri@home.example', 'Nuri Salcedo'],
      ['odile@home.example', 'Odile Marchetti'],
      ['ferran@home.example', 'Ferran Oduya'],
      ['anselm@home.example', 'Anselm Moor'],
      ['nadia@home.example', 'Nadia Ferrante'],
      ['watch@tidal.example', 'Jorun Hale'],
    ] as const)
      await at.confirm(email, name);
    const second = await at.confirm('second@harbour.example', 'Piet Vos');
    expect(await said(second)).toContain('This organisation has signed already');
    // The couple has one address and two names.
    await at.signOpenly('aldous@home.example', { signer: 'personal', name: 'Wanda Aldous' });
    // To one address no two mails of that kind go within ten minutes.
    await at.clock.moveTo(day(2, '11:00'));
    await at.confirm('aldous@home.example', 'Wanda Aldous');
    const notMe = await at.phone(await at.mailbox.link('ruben@home.example', SUBJECTS.confirm, 'confirm'));
    await notMe.getByRole('button', { name: 'It was not me' }).click();
    await notMe.getByRole('status').waitFor();
    await at.expectNames(
      ['Édua Nagy', 'Corin Aldous', 'Wanda Aldous', 'Ferran Oduya'],
      ['Nuri Salcedo', 'Odile Marchetti', 'Petra Vance', 'Ruben Achterberg', 'Solveig Tamm', 'Tidal Energy Watch'],
    );
  });

  it('day 3: what waits is looked at, links are passed on', async () => {
    await at.nextMorning(day(3, '11:00'));
    // A day after the first mail: still to be confirmed.
    await at.confirm('solveig@home.example', 'Solveig Tamm', SUBJECTS.stillToConfirm);
    expect(at.mailbox.unreadBy(SUBJECTS.stillToConfirm)).toEqual(['petra@home.example']);
    await at.approve('Dockers Choir');
    await at.approve('Tidal Energy Watch');
    const page = await at.onDesk('/list?state=needs-you');
    await page.getByRole('link', { name: 'Harbour Forum' }).click();
    await page.getByLabel('Reason').fill('Your chair has signed already.');
    await page.getByRole('button', { name: 'Reject it' }).click();
    await at.done();
    expect((await at.mailbox.next('second@harbour.example', SUBJECTS.receipt)).mail.text).toContain('Your chair has signed already.');

    // Declined, and now a yes by the same link.
    const museum = await at.answer('ada@lantern.example', { signer: 'organisation', role: 'Curator' });
    expect(await said(museum)).toContain('You have signed');

    // A link over a messenger proves no address: a member who knows the voice vouches for what was signed by it.
    await at.onDesk('/invitations/by-hand');
    await page.getByLabel('An organisation', { exact: true }).check();
    await page.getByLabel('Name of the organisation').fill('Weir Keepers League');
    await page.getByRole('button', { name: 'Make the link' }).click();
    const keepers = await at.phone(await page.getByLabel('The link alone').inputValue());
    await sign(keepers, '/i/sign', { signer: 'organisation', name: 'Alma Reyes', role: 'Keeper', publication: 'public' });
    await at.expectNames([], ['Weir Keepers League']);
    await at.onDesk('/list');
    await page.getByRole('link', { name: 'Weir Keepers League' }).click();
    await page.getByLabel('By what means').fill('on the telephone with Alma Reyes');
    await page.getByLabel('On which day').fill(dayOf(3));
    await page.locator('form[action$="/vouch"] button').click();
    await at.done();

    const archive = await at.invited('oren@saltroad.example');
    await type(archive, '/i/pass-on', { whom: 'colleague', name: 'Imke Roth', email: 'imke@saltroad.example' });
    await press(archive, '/i/pass-on');
    expect(await said(archive)).toContain('Passed on to Imke Roth');
    const parish = await at.invited('office@upperlock.example');
    await type(parish, '/i/pass-on', { whom: 'self', name: 'Len Hobday', email: 'len@upperlock.example' });
    await press(parish, '/i/pass-on');
    await at.answer('imke@saltroad.example', { signer: 'organisation', role: 'Archivist' });
    const hobday = await at.answer('len@upperlock.example', { signer: 'organisation', role: 'Warden' });
    expect(await said(hobday)).toContain('held until');
    await at.approve('Upper Lock Parish');
    await at.expectNames(
      [
        'Dockers Choir',
        'Tidal Energy Watch',
        'Lantern Museum',
        'Salt Road Archive',
        'Upper Lock Parish',
        'Weir Keepers League',
        'Solveig Tamm',
      ],
      ['Piet Vos', 'Petra Vance'],
    );
  });

  it('day 4: another address, a yes by telephone and three on paper; an entry is corrected', async () => {
    await at.nextMorning(day(4, '10:00'));
    const invitations = await at.onDesk('/invitations');
    const refused = invitations.getByRole('row').filter({ hasText: 'Orchard Bank Growers' });
    await refused.getByRole('link', { name: 'Another address' }).click();
    await invitations.getByLabel('New e-mail address').fill('sam@orchard.example');
    await invitations.getByRole('button', { name: 'Send a fresh link there' }).click();
    await at.done();
    await at.answer('sam@orchard.example', { signer: 'organisation', name: 'Sam Pell', role: 'Chair' });
    const page = await at.onDesk('/list/vouch');
    await page.getByLabel('Personal', { exact: true }).check();
    await page.getByLabel('Name of the person').fill('Jonas Ekdal');
    await page.getByLabel('By what means').fill('on the telephone');
    await page.getByLabel('On which day').fill(dayOf(4));
    await page.getByLabel('Everybody', { exact: true }).check();
    await page.getByRole('button', { name: 'Record the yes' }).click();
    await at.done();
    await at.onDesk('/list/vouch/rows');
    await page.getByLabel('All are people in their own name').check();
    await page
      .getByLabel('Rows', { exact: true })
      .fill('Name\tCity\tE-mail\nHanne Vik\tBergen\t\nOskar Lind\tLund\toskar@home.example\nMaja Dahl\tOdense\t');
    await page.getByLabel('By what means').fill('signed on paper at the harbour festival');
    await page.getByLabel('On which day').fill(dayOf(3));
    await page.getByLabel('Everybody', { exact: true }).check();
    await page.getByRole('button', { name: 'Record all rows' }).click();
    await at.done();
    expect(await said(await at.phone(await at.mailbox.link('oskar@home.example', SUBJECTS.vouched, 'own')))).toContain('Oskar Lind');

    const anselm = await at.own('Anselm Moor');
    await anselm.getByRole('link', { name: 'Correct this entry' }).click();
    await type(anselm, 'correct/save', { city: 'Delft' });
    await press(anselm, 'correct/save');
    await at.expectNames(['Jonas Ekdal', 'Hanne Vik', 'Oskar Lind', 'Maja Dahl', 'Anselm Moor', 'Orchard Bank Growers'], []);
  });

  it('day 5: the board has met; who has not answered is reminded', async () => {
    await at.nextMorning(day(5, '10:00'));
    const reminder = await at.mailbox.link('guild@reeds.example', SUBJECTS.reminder, 'answer');
    expect(await said(await at.phone(reminder))).toContain('You said that you decide on');
    const guild = await at.phone(reminder);
    await sign(guild, '/i/sign', { signer: 'organisation', name: 'Ruta Brandt', role: 'Warden', publication: 'public' });
    // Three days before the deadline, to those alone who have not answered.
    const quiet = await at.mailbox.next('trust@quiet.example', SUBJECTS.reminder);
    expect(at.mailbox.unreadBy(SUBJECTS.reminder)).toEqual([]);
    const stopping = await at.phone(linkOf(quiet, 'stop'));
    await press(stopping, '/stop/now');
    expect(await said(stopping)).toContain('No more mails come');
    await stopping.getByRole('button', { name: 'Send mails again' }).click();
    await at.expectNames(['Reed Cutters Guild'], ['Quiet Harbour Trust']);
  });

  it('day 6: one of them leaves, and a yes becomes a no', async () => {
    await at.nextMorning(day(6, '10:00'));
    const society = await at.invited('gerda@millpond.example');
    await type(society, '/i/decline', { reason: 'The general meeting has decided otherwise.' });
    await press(society, '/i/decline');
    const ferran = await at.own('Ferran Oduya');
    await type(ferran, 'withdraw', { sure: true });
    await press(ferran, 'withdraw');
    expect(await said(ferran)).toContain('The entry has been withdrawn');
    await at.expectNames([], ['Ferran Oduya', 'Mill Pond Society']);
  });

  it('day 7: the last reminder', async () => {
    await at.nextMorning(day(7, '10:00'));
    const trust = await at.phone(await at.mailbox.link('trust@quiet.example', SUBJECTS.reminder, 'answer'));
    await sign(trust, '/i/sign', { signer: 'organisation', name: 'Ebba Sund', role: 'Trustee', publication: 'public' });
    expect(at.mailbox.unreadBy(SUBJECTS.reminder)).toEqual([]);
    await at.expectNames(['Quiet Harbour Trust'], []);
  });

  it('day 8: the deadline passes', async () => {
    await at.nextMorning(day(8, '23:50'));
    await at.expectNames(['Quiet Harbour Trust'], []);
    await at.clock.moveTo(day(9, '0:10'));
    const late = await at.phone(at.openLink);
    expect(await said(late)).toMatch(/The deadline has passed|This letter takes no more signatures/);
  });

  it('day 9: is delivered, and everybody who signed has the document', async () => {
    await at.nextMorning(day(9, '12:00'));
    const page = await at.onDesk('/deliver');
    await page.getByRole('button', { name: 'It is delivered' }).click();
    await page.waitForURL((url) => url.pathname === at.letter);
    const forum = await at.phone(await at.mailbox.link('ilse@harbour.example', SUBJECTS.news, 'answer'));
    const [download] = await Promise.all([
      forum.waitForEvent('download'),
      forum.getByRole('link', { name: 'Download the final document (PDF)' }).click(),
    ]);
    expect(download.suggestedFilename()).toMatch(/\.pdf$/);
    const text = textOf(await (await page.request.get(`/api/files${at.letter}/pdf`)).body());
    // Read in the order of the page, the second column may end below the fingerprint. A long line is broken by the column.
    const below = text.slice(text.indexOf('That is all we ask.') + 'That is all we ask.'.length);
    const lines = below.replace(/\n(?=Tides|Cooperative)/g, ' ').split(/[\n\f]+/);
    expect(lines.filter((line) => !/^(?:|Fingerprint .*|Page \d of \d|The river belongs to everyone)$/.test(line)).sort()).toEqual(
      [...IN_THE_END].sort(),
    );
    expect(await shownText((await at.phone(at.publicPage)).locator('main'))).toMatch(/12 organisations[\s\S]*15 people/);
    // Whoever chose the reader of the letter stands in that reader's copy alone; whoever chose nobody, nowhere.
    const addressees = textOf(await (await page.request.get(`/api/files${at.letter}/addressee`)).body());
    expect(addressees).toContain('Odile Marchetti');
    expect(addressees).not.toContain('Nuri Salcedo');
    await expect.poll(() => at.mailbox.unreadBy(SUBJECTS.news), { timeout: 20_000 }).toEqual([...TOLD].sort());
    await at.mailbox.next('narges@rood.example', 'خبر');
    for (const { mail } of at.server.received) {
      expect(mail.from?.address).toBe('letters@coalition.example');
      expect([mail.text, mail.html].every(Boolean), mail.subject).toBe(true);
      expect(mail.html).not.toMatch(/<img|<script|<link|url\(/i);
    }
    expect(at.foreign).toEqual([]);
  });
});
