import { type Finding, projectFiles, textOf } from './project-files.ts';

const TEXT = /\.(?:tsx?|m?js|cjs|json|jsonc|md|css|sql|ya?ml|sh|html|txt|svg)$|(?:^|\/)(?:\.env\.example|\.npmrc|\.gitignore|run)$/;

interface Rule {
  readonly pattern: RegExp;
  readonly advice: string;
  /** Files it is about; all texts where absent. */
  readonly only?: RegExp;
  readonly except?: RegExp;
}

const CODE = /^(?:app|lib|db)\/.*\.tsx?$|^(?:proxy|instrumentation)\.ts$/;

const RULES: readonly Rule[] = [
  { pattern: /["'`(\s](?:\/home\/[a-z]|\/Users\/[A-Za-z]|\/work\/|\/root\/)/, advice: 'take the path of this machine out' },
  { pattern: /"resolved": ?"http/, advice: 'take the registry address out: run npm run lock' },
  {
    pattern: /\bconsole\.log\b/,
    advice: 'print with process.stdout.write in a script, and not at all in the app',
    only: /\.(?:tsx?|m?js)$/,
    except: /^tests\//,
  },
  { pattern: /\b(?:TODO|FIXME|XXX)\b/, advice: 'do it now, or write an issue', only: /\.(?:tsx?|m?js|css)$/ },
  { pattern: /@ts-(?:ignore|nocheck)/, advice: 'mend the type', only: /\.tsx?$/ },
  { pattern: /\b(?:it|test|describe)\.(?:only|todo)\b/, advice: 'run every test', only: /^tests\/.*\.tsx?$/ },
  { pattern: /\bvi\.mock\(/, advice: 'test the real thing; pass clock, randomness and transport as arguments', only: /^tests\/.*\.tsx?$/ },
  {
    pattern: /process\.env(?!\[?['.]*(?:NODE_ENV|NEXT_RUNTIME))/,
    advice: 'read the environment in lib/config.ts alone',
    only: CODE,
    // next-auth takes its own address from the environment and from nowhere else.
    except: /^lib\/(?:config|auth\/next-auth)\.ts$/,
  },
  { pattern: /^\/\/ @ts-expect-error\s*$/, advice: 'say on the line why an error is expected', only: /\.tsx?$/ },
  { pattern: /^(?:<<<<<<<|>>>>>>>) /, advice: 'resolve the merge' },
];

// This file holds the patterns themselves.
const SELF = 'scripts/check/plain-text.ts';

/** What no reviewer should have to look for. */
export function checkPlainText(): Finding[] {
  return projectFiles()
    .filter((file) => TEXT.test(file) && file !== SELF)
    .flatMap((file) => {
      const rules = RULES.filter(({ only, except }) => (only?.test(file) ?? true) && !(except?.test(file) ?? false));
      return textOf(file)
        .split('\n')
        .flatMap((line, index) =>
          rules.filter(({ pattern }) => pattern.test(line)).map(({ advice }) => ({ place: `${file}:${index + 1}`, advice })),
        );
    });
}
