import type { SignatoryRecord } from '../block/record.ts';
import type { LetterInput } from './schema.ts';

// Everything here is invented: places, people, organisations and the boats.

type SampleText = Omit<LetterInput, 'zone' | 'deadlineAt'>;

export const sampleText: SampleText = {
  kind: 'open-letter',
  preset: 'coalition-letter',
  language: 'en',
  addressees: [
    {
      name: 'Mrs Oriel Tamsin-Bråthe',
      office: 'Chair of the Council of the Seven Lakes',
      lines: ['Council House, Quay Street 1', '4410 Harrowmere'],
    },
  ],
  headline: 'Keep the library boats afloat',
  subtitle: 'Open letter on the end of the floating library service, announced for next spring',
  salutation: 'Dear Mrs Tamsin-Bråthe,\nDear members of the Council,',
  body: `For sixty-one years three small boats have carried books to the forty-three inhabited islands of our lakes. Next spring, says the budget,
they will stay in harbour.

We write as people who have waited for them on cold jetties, and as organisations that have worked with them. We ask you to **keep the
boats afloat**, for three reasons.

1. *They are the only public building that comes to us.* On thirty islands there is no school, no post office and no café. The boat is where
   a child meets a librarian, and where a neighbour hears that another has not been seen for a week.
2. *They are used.* Last year the boats lent 88,000 books, and 2,900 jigsaw puzzles.[^1]
3. *They are cheap.* All three together cost less than the new roof over the car park in Harrowmere.

## What we ask for

- that the service goes on, with its present timetable, for at least two more years;
- that the *Margarethe*, whose boiler is older than the republic, is repaired rather than sold;
- that islanders have two seats on the committee which decides what comes after.

> A library that waits for you to come is a fine thing. A library that comes to you is a promise.\\
> – Elin Harrow, first librarian of the boats, 1964

[^1]: Annual report of the Lakes Library Service. The puzzles come back complete more often than one would think.
`,
  closing: 'With hope, and with our library cards,',
  disclaimer: '',
  reference: '',
  cc: ['Lakes Library Service'],
  date: null,
  place: 'Harrowmere',
  block: {},
};

export const sampleSignatories: readonly SignatoryRecord[] = [
  {
    capacity: 'organisation',
    organisation: 'Islanders’ Reading Circle',
    acronym: 'IRC',
    name: 'Jorunn Petrakis',
    role: 'Chair',
    city: 'Ness Island',
  },
  { capacity: 'organisation', organisation: 'The Association of Small Schools on Water', acronym: 'ASSW', city: 'Harrowmere' },
  {
    capacity: 'organisation',
    organisation: 'Friends of the Steam Launch Margarethe',
    name: 'Bartholomew Quill',
    role: 'Stoker and treasurer',
  },
  { capacity: 'organisation', organisation: 'Seven Lakes Ferry Workers’ Union', acronym: 'SLFU' },
  {
    capacity: 'personal',
    name: 'Dr Amaru Lindqvist-Osei',
    familyName: 'Lindqvist-Osei',
    role: 'Reader in limnology',
    organisation: 'University of Harrowmere',
  },
  { capacity: 'personal', name: 'Philippa Stenmark', familyName: 'Stenmark', role: 'Lock keeper, retired' },
  { capacity: 'personal', name: 'Ziv Okonjo-Hale', familyName: 'Okonjo-Hale', role: 'Novelist', city: 'Outer Skerry' },
  { capacity: 'personal', name: 'Marit and Anselm Dovedale', sortAs: 'Dovedale', city: 'Puffin Holm' },
];
