import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import { describe, expect, it } from 'vitest';
import en from '../../../lib/i18n/messages/en.json' with { type: 'json' };
import fa from '../../../lib/i18n/messages/fa.json' with { type: 'json' };
import { MEMBER_PREFIXES } from '../../../lib/i18n/messages.ts';

const ROOT = join(import.meta.dirname, '../../..');
/** Families whose keys are put together from what a form and a schema say. */
const DYNAMIC = ['fault.', 'refused.'];

/** Whole keys in quotes, and those that a template puts together: `signing.link.${kind}.title`. */
function saidIn(code: string): (key: string) => boolean {
  const templates = [...code.matchAll(/`([a-z][\w-]*\.[^`\s]*\$\{[^`\s]*)`/g)].map(([, template = '']) => {
    const literals = template.split(/\$\{[^}]*\}/).map((part) => part.replaceAll('.', '\\.'));
    return new RegExp(`^${literals.join('[\\w-]+(?:\\.[\\w-]+)*')}$`);
  });
  return (key) => code.includes(`'${key}'`) || templates.some((template) => template.test(key));
}

type Ast = ReturnType<IntlMessageFormat['getAst']>;

/** Names of placeholders and tags, wherever they stand. */
function namesIn(ast: Ast, names = new Set<string>()): Set<string> {
  for (const element of ast) {
    if (element.type !== 0 && 'value' in element && typeof element.value === 'string') names.add(element.value);
    if ('options' in element) for (const option of Object.values(element.options)) namesIn(option.value, names);
    if ('children' in element) namesIn(element.children, names);
  }
  return names;
}

const sorted = (message: string, locale: string): string[] => [...namesIn(new IntlMessageFormat(message, locale).getAst())].sort();

function sources(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) return sources(path);
    return /\.tsx?$/.test(name) ? [readFileSync(path, 'utf8')] : [];
  });
}

describe('messages', () => {
  const publicKeys = Object.keys(en).filter((key) => !MEMBER_PREFIXES.some((prefix) => key.startsWith(prefix)));

  it('are complete in Persian for everything that signatories and the public see, and have nothing else', () => {
    expect(Object.keys(fa).sort()).toEqual(publicKeys.sort());
  });

  it('take the same placeholders in every language', () => {
    for (const [key, message] of Object.entries(fa)) {
      expect([key, ...sorted(message, 'fa')]).toEqual([key, ...sorted(en[key as keyof typeof en], 'en')]);
    }
  });

  it('are all said somewhere', () => {
    const code = [...sources(join(ROOT, 'app')), ...sources(join(ROOT, 'lib'))].join('\n');
    const isSaid = saidIn(code);
    const unused = Object.keys(en).filter((key) => !DYNAMIC.some((start) => key.startsWith(start)) && !isSaid(key));
    expect(unused).toEqual([]);
  });

  it('are words, not blanks, and hold no markup but their tags', () => {
    for (const message of [...Object.values(en), ...Object.values(fa)]) expect(message).toMatch(/^[^\s&](?:[^&]*\S)?$/);
  });
});
