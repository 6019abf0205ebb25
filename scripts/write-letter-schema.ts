/** Writes the JSON Schema of the letter file from its one definition; a test compares the two. */
import { writeFileSync } from 'node:fs';
import { letterJsonSchema } from '../lib/letter-file/json-schema.ts';

writeFileSync(new URL('../public/schemas/undersigned-letter-1.json', import.meta.url), letterJsonSchema());
