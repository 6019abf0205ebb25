import type { BlockSettings, RecordSource, SectionSettings, SignatoryRecord } from '../block/record.ts';
import type { LetterFile } from './letter-file.ts';

/**
 * A letter file as JSON text, in chunks: indented for people down to the letter, one line for each signatory. What is empty is left
 * out; reading it again gives the same letter, settings and records.
 */
export async function* writeLetterFile(file: LetterFile, source: RecordSource): AsyncGenerator<string> {
  const head = JSON.stringify({ format: file.format, letter: present(file.letter), block: givenBlock(file.block) }, null, 2);
  yield `${head.slice(0, -2)},\n  "signatories": [`;
  let separator = '\n    ';
  for await (const batch of source()) {
    let chunk = '';
    for (const record of batch) {
      chunk += separator + JSON.stringify(record);
      separator = ',\n    ';
    }
    if (chunk !== '') yield chunk;
  }
  yield separator === '\n    ' ? ']\n}\n' : '\n  ]\n}\n';
}

/** Signatories alone, one JSON object a line. */
export async function* writeSignatories(source: RecordSource): AsyncGenerator<string> {
  for await (const batch of source()) {
    const chunk = batch.map((record: SignatoryRecord) => `${JSON.stringify(record)}\n`).join('');
    if (chunk !== '') yield chunk;
  }
}

/** Without nulls, empty strings and empty lists, which mean absent. An empty body stays: a letter file always has one. */
function present(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(present);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value)
    .filter(([key, found]) => key === 'body' || !(found === null || found === '' || (Array.isArray(found) && found.length === 0)))
    .map(([key, found]) => [key, present(found)]);
  return Object.fromEntries(kept);
}

const givenSection = ({ heading, ...rest }: SectionSettings): object => (heading === null ? rest : { heading, ...rest });

const givenBlock = (block: BlockSettings): object => ({
  ...block,
  initiators: givenSection(block.initiators),
  organisations: givenSection(block.organisations),
  personal: givenSection(block.personal),
});
