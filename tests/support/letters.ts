import type { TextSave } from '../../lib/letters/saving.ts';
import type { LetterInput } from '../../lib/letters/schema.ts';
import type { TextInput } from '../../lib/letters/text-schema.ts';

/** An invented letter as its form gives it. */
export const letterInput = (change: Partial<LetterInput> = {}): LetterInput => ({
  kind: 'open-letter',
  preset: 'coalition-letter',
  language: 'en',
  addressees: [{ name: 'Ms Ottoline Varga', office: 'Minister of Waters', lines: [] }],
  headline: 'The river belongs to everyone',
  subtitle: '',
  salutation: 'Dear Minister,',
  body: 'We ask you to *open the banks* again.\n\n1. Fishing\n2. Bathing\n',
  closing: 'Yours sincerely,',
  disclaimer: '',
  reference: '',
  cc: [],
  date: '2026-03-02',
  place: null,
  zone: 'Europe/Lisbon',
  deadlineAt: new Date('2026-03-31T21:59:00Z'),
  block: {},
  ...change,
});

/** The page of a text, sent with some words changed. */
export const textSave = (change: Partial<TextInput>, revision: number, language = 'en'): TextSave => ({
  language,
  text: letterInput(change),
  newLanguage: null,
  revision,
  follows: { language: 'en', revision: 1 },
});
