import { describe, expect, it } from 'vitest';
import { faultsOf } from '../../../app/_request/faults.ts';
import type { RepresentativePrinted } from '../../../lib/letters/presets.ts';
import { recordOf } from '../../../lib/signatures/capacity.ts';
import { signForm } from '../../../lib/signatures/schema.ts';

const sent = {
  invitation: 'inv_1',
  fingerprint: 'a'.repeat(64),
  language: 'en',
  step: 'check',
  signer: 'organisation',
  organisation: 'Harbour Forum',
  acronym: '',
  name: 'Ilse Okoye',
  role: 'Director',
  affiliation: 'Somewhere else',
  country: '',
  publication: 'public',
};

const faults = (change: object): readonly string[] => {
  const parsed = signForm.safeParse({ ...sent, ...change }, { reportInput: true });
  return parsed.success ? [] : faultsOf(parsed.error).map(({ place, reason }) => `${place} ${reason}`);
};

describe('the signing form', () => {
  it('tells every fault at once', () => {
    expect(faults({ signer: undefined, publication: undefined, name: '' })).toEqual([
      'signer required',
      'name required',
      'publication required',
    ]);
    expect(faults({ organisation: ' ', role: '', publication: 'everybody' })).toEqual([
      'publication not-offered',
      'organisation required',
      'role required',
    ]);
  });

  it('asks for the tick where an organisation is signed for, and only then', () => {
    expect(faults({ step: 'sign' })).toEqual(['authorised required']);
    expect(faults({ step: 'sign', authorised: 'yes' })).toEqual([]);
    expect(faults({ step: 'sign', signer: 'personal' })).toEqual([]);
    expect(faults({ step: 'check' })).toEqual([]);
  });

  it('asks of every further organisation what it asks of the first, and nothing of a group left empty', () => {
    const second = { 'others[1].organisation': 'Ferry Workers Union' };
    expect(faults(second)).toEqual(['others[1].role required']);
    expect(faults({ 'others[3].role': 'Chair' })).toEqual(['others[3].organisation required']);
    expect(faults({ ...second, 'others[1].role': 'Chair', step: 'sign', authorised: 'yes' })).toEqual(['others[1].authorised required']);
    expect(faults({ ...second, 'others[1].role': 'Chair' })).toEqual([]);
    expect(faults({ 'others[0].organisation': ' ', 'others[0].acronym': '' })).toEqual([]);
    expect(faults({ ...second, signer: 'personal' })).toEqual([]);
    expect(faults({ 'others[4].country': '', 'others[2].authorised': '' })).toEqual(['others[2].authorised not-offered']);
  });

  it('asks a person for no organisation and no role', () => {
    expect(faults({ signer: 'personal', organisation: '', role: '', affiliation: '' })).toEqual([]);
  });

  it.each([
    ['name', 'Ilse\u202EOkoye', 'forbidden-character'],
    ['name', 'Ilse\nOkoye', 'line-break'],
    ['name', 'x'.repeat(121), 'too-long'],
    ['affiliation', '\u200B', 'forbidden-character'],
    ['country', 'e'.concat('\u0301'.repeat(30)), 'too-many-marks'],
  ])('refuses a %s that cannot be printed', (place, value, reason) => {
    expect(faults({ [place]: value })).toEqual([`${place} ${reason}`]);
  });

  it('folds odd spaces and keeps the letters', () => {
    const parsed = signForm.parse({ ...sent, name: ' Ilse\u00A0 Okoye ' });
    expect(parsed.name).toBe('Ilse Okoye');
  });
});

describe('the entry of an answer', () => {
  const entries = (change: object, representativePrinted: RepresentativePrinted = 'asked') => {
    const given = signForm.parse({ ...sent, ...change });
    return given.entries.map((each) => recordOf(given.name, each, { representativePrinted }));
  };
  const entry = (change: object, policy?: RepresentativePrinted) => entries(change, policy)[0];

  it.each(['asked', 'offered'] as const)('has the representative only where the box is ticked, where it is %s', (policy) => {
    const alone = { capacity: 'organisation', organisation: 'Harbour Forum' };
    expect(entry({ representativePrinted: 'yes' }, policy)).toEqual({ ...alone, name: 'Ilse Okoye', role: 'Director' });
    expect(entry({}, policy)).toEqual(alone);
    expect(entry({ representativePrinted: '' }, policy)).toEqual(alone);
  });

  it('has no representative where nobody is asked, whatever a page sends', () => {
    expect(entry({ representativePrinted: 'yes' }, 'never')).toEqual({ capacity: 'organisation', organisation: 'Harbour Forum' });
  });

  it('has nothing of the other capacity', () => {
    expect(entry({ acronym: 'HF' })).toEqual({
      capacity: 'organisation',
      organisation: 'Harbour Forum',
      acronym: 'HF',
    });
    expect(entry({ signer: 'personal', representativePrinted: 'yes', country: 'Chile' })).toEqual({
      capacity: 'personal',
      name: 'Ilse Okoye',
      role: 'Director',
      organisation: 'Somewhere else',
      country: 'Chile',
    });
  });

  it('has every organisation and the person themself, in the order of the form', () => {
    const given = {
      representativePrinted: 'yes',
      'others[0].organisation': 'Ferry Workers Union',
      'others[0].role': 'Chair',
      'others[0].country': 'Chile',
      personally: 'yes',
      ownRole: 'Dr',
      ownAffiliation: 'Institute of Tides',
    };
    expect(entries(given)).toEqual([
      { capacity: 'organisation', organisation: 'Harbour Forum', name: 'Ilse Okoye', role: 'Director' },
      { capacity: 'organisation', organisation: 'Ferry Workers Union', name: 'Ilse Okoye', role: 'Chair', country: 'Chile' },
      { capacity: 'personal', name: 'Ilse Okoye', role: 'Dr', organisation: 'Institute of Tides' },
    ]);
    expect(entries(given, 'never')[1]).toEqual({ capacity: 'organisation', organisation: 'Ferry Workers Union', country: 'Chile' });
    expect(entries({ ...given, signer: 'personal' })).toHaveLength(1);
  });
});
