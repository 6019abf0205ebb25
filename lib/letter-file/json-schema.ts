import { z } from 'zod';
import { letterFileSchema } from './schema.ts';

/** The JSON Schema (2020-12) of `undersigned-letter/1`, as it is published under `public/schemas`. */
export function letterJsonSchema(): string {
  const schema = z.toJSONSchema(letterFileSchema, { io: 'input', target: 'draft-2020-12' });
  const described = {
    ...schema,
    title: 'undersigned-letter/1',
    description: 'A letter with its signatories, as Undersigned reads and writes it.',
  };
  return `${JSON.stringify(described, null, 2)}\n`;
}
