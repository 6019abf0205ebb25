/** Writes the golden vectors of the canonical text. Only a new grammar version may change one that exists. */
import { existsSync, writeFileSync } from 'node:fs';
import { acceptTypedText, canonicalText } from '../lib/text/canonical.ts';
import { fingerprintOf } from '../lib/text/fingerprint.ts';
import { letterTexts } from '../tests/support/letter-texts.ts';

for (const [name, typed] of Object.entries(letterTexts)) {
  const file = new URL(`../tests/unit/text/vectors/${name}.json`, import.meta.url);
  if (existsSync(file)) continue;
  const accepted = acceptTypedText(typed);
  if (!accepted.ok) throw new Error(`${name}: ${JSON.stringify(accepted.reason)}`);
  const canonical = canonicalText(accepted.value);
  writeFileSync(file, `${JSON.stringify({ typed, canonical, fingerprint: fingerprintOf(canonical) }, null, 2)}\n`);
}
