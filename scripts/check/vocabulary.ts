import { basename } from 'node:path';
import { type Finding, projectFiles, textOf } from './project-files.ts';

// Names say what is inside; these say nothing, and fill up with everything.
const DRAWERS = /^(?:utils?|helpers?|misc|common|stuff|index)\.(?:tsx?|js)$/;
const KEBAB = /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+)*\.(?:tsx?|m?js)$/;
// Next's own folder forms: [slug], [...path], (group), @slot, _private.
const FOLDER = /^(?:[a-z0-9]+(?:-[a-z0-9]+)*(?:\.png)?|_[a-z]+(?:-[a-z]+)*|\.[a-z]+|\[(?:\.\.\.)?[a-zA-Z-]+\]|\([a-z-]+\)|@[a-z-]+)$/;

// DESIGN's words are British; APIs of the platform (`normalize`, `color`, the Authorization header) keep their own spelling.
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  // In quotes or backticks it is HTML's autofill name, or a key that a letter file got wrong.
  [/organization(?!['"`-])/i, 'organisation'],
  [/organizer/i, 'organiser or coordinator'],
  [/\b(?:un)?authorize[ds]?\b/i, 'authorise'],
  [/\brecognize/i, 'recognise'],
  [/\bcosigner/i, 'signatory'],
];

function nameFindings(file: string): Finding[] {
  const findings: Finding[] = [];
  const name = basename(file);
  if (/\.(?:tsx?|m?js)$/.test(name)) {
    if (DRAWERS.test(name)) findings.push({ place: file, advice: 'name it by the noun it is about; a drawer collects everything' });
    if (!KEBAB.test(name) && !name.startsWith('.')) findings.push({ place: file, advice: 'write file names in kebab-case' });
  }
  const folders = file.split('/').slice(0, -1);
  if (/^(?:app|lib|db)\//.test(file) && !folders.every((folder) => FOLDER.test(folder)))
    findings.push({ place: file, advice: 'write folder names in kebab-case' });
  return findings;
}

function spellingFindings(file: string): Finding[] {
  return textOf(file)
    .split('\n')
    .flatMap((line, index) =>
      SPELLINGS.filter(([pattern]) => pattern.test(line)).map(([, word]) => ({ place: `${file}:${index + 1}`, advice: `write "${word}"` })),
    );
}

/** File names, and the project's words. */
export function checkVocabulary(): Finding[] {
  const files = projectFiles();
  const sources = files.filter((file) => /^(?:app|lib|db)\/.*\.(?:tsx?|json)$/.test(file) && !file.startsWith('db/migrations/'));
  return [...files.flatMap(nameFindings), ...sources.flatMap(spellingFindings)];
}
