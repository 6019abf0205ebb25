import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readAddressees, typedAddressees } from '../../../lib/letters/addressees.ts';
import { deadlineFields, deadlineInstant, zones } from '../../../lib/letters/deadline.ts';
import { settingsFormValues, textFormValues } from '../../../lib/letters/form-values.ts';
import { letterForm } from '../../../lib/letters/schema.ts';
import { blockOf } from '../../../lib/letters/settings.ts';

const given = {
  to: 'Ms Ottoline Varga\nMinister of Waters',
  headline: 'The river belongs to everyone',
  body: 'We ask you to *open the banks*.',
  deadlineDay: '2026-03-31',
  deadlineTime: '',
  zone: 'Europe/Lisbon',
  preset: 'coalition-letter',
};

const faultsOf = (change: Record<string, string>) => {
  const parsed = letterForm.safeParse({ ...given, ...change });
  return parsed.success
    ? []
    : parsed.error.issues.map((issue) => [issue.path.join('.'), issue.code === 'custom' ? issue.params?.['reason'] : issue.code]);
};

describe('the form of a letter', () => {
  it('reads what the first screen asks for, and takes defaults for the rest', () => {
    const letter = letterForm.parse(given);
    expect(letter).toMatchObject({
      kind: 'open-letter',
      language: 'en',
      addressees: [{ name: 'Ms Ottoline Varga', office: 'Minister of Waters', lines: [] }],
      date: null,
      place: null,
      cc: [],
    });
    expect(letter.deadlineAt).toEqual(new Date('2026-03-31T22:59:00Z'.replace('22:59:00', '22:59:59')));
  });

  it('names every fault at its field, all at once', () => {
    expect(
      faultsOf({ headline: ' ', body: '<b>now</b>', deadlineDay: '2026-02-30', zone: 'Middle/Earth', date: 'soon', place: 'a\u202eb' }),
    ).toEqual(
      expect.arrayContaining([
        ['headline', 'required'],
        ['body', 'raw-html'],
        ['deadlineDay', 'not-a-date'],
        ['zone', 'not-offered'],
        ['date', 'not-a-date'],
        ['place', 'forbidden-character'],
      ]),
    );
    expect(faultsOf({ preset: 'people-at-risk' })).toEqual([['preset', 'not-offered']]);
    expect(faultsOf({ to: 'A\u200bB' })).toEqual([['to', 'forbidden-character']]);
    expect(faultsOf({ language: 'xx' })).toEqual([['language', 'not-offered']]);
  });

  it('refuses an hour that a clock change leaves out', () => {
    expect(faultsOf({ deadlineDay: '2026-03-29', deadlineTime: '01:30' })).toEqual([['deadlineTime', 'no-such-hour']]);
    expect(deadlineInstant('2026-03-29', '02:30', 'Europe/Lisbon')).toEqual(new Date('2026-03-29T01:30:59Z'));
  });

  it.each(['0000-01-01', '1899-12-31', '3000-01-01', '9999-12-31'])('refuses the deadline %s', (deadlineDay) => {
    expect(faultsOf({ deadlineDay, zone: 'America/New_York' })).toEqual([['deadlineDay', 'year-out-of-range']]);
  });

  it('shows a stored draft so that saving it unchanged changes nothing', () => {
    const everything = {
      ...given,
      kind: 'petition',
      language: 'fa',
      date: '2026-03-01',
      place: 'Lisbon',
      subtitle: 'A subtitle',
      salutation: 'Dear Minister,\nDear all,',
      closing: 'Yours,',
      disclaimer: 'A note',
      reference: 'R 1',
      cc: 'One\nTwo',
      organisationsHeading: 'Organisations',
      organisationsOrder: 'signing',
      personalForm: 'parentheses',
      personalColumns: '2',
      numbered: 'yes',
      counts: 'no',
      justified: 'yes',
    };
    const letter = letterForm.parse(everything);
    const shown = { ...textFormValues(letter), ...settingsFormValues({ ...letter, block: blockOf(letter) }), language: letter.language };
    expect({ ...everything, deadlineTime: '23:59' }).toEqual(
      expect.objectContaining(Object.fromEntries(Object.entries(shown).filter(([, value]) => value !== ''))),
    );
    expect(letterForm.parse(shown)).toEqual(letter);
  });
});

describe('addressees', () => {
  it('come back as they were typed', () => {
    const line = fc.stringMatching(/^[A-Za-z][A-Za-z ,.]{0,20}[A-Za-z.]$/);
    const addressee = fc.record({ name: line, office: line, lines: fc.array(line, { maxLength: 3 }) });
    fc.assert(
      fc.property(fc.array(addressee, { maxLength: 5 }), (addressees) => {
        expect(readAddressees(typedAddressees(addressees))).toEqual(addressees);
      }),
    );
  });

  it('may be a name alone, with empty lines of any number between them', () => {
    expect(readAddressees('\n\nAda Orr\n \n\n\nBo Lind\nOmbudsman\n')).toEqual([
      { name: 'Ada Orr', office: null, lines: [] },
      { name: 'Bo Lind', office: 'Ombudsman', lines: [] },
    ]);
  });
});

describe('a deadline', () => {
  it('is shown as it was chosen, in any zone', () => {
    const day = fc
      .date({ min: new Date('2026-01-01'), max: new Date('2035-12-31'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10));
    fc.assert(
      fc.property(day, fc.constantFrom(...zones), (date, zone) => {
        const at = deadlineInstant(date, '23:59', zone);
        if (at) expect(deadlineFields(at, zone)).toEqual({ day: date, time: '23:59' });
      }),
    );
  });
});
