import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { describe, expect, it } from 'vitest';
import { readConfig } from '../../../lib/config.ts';
import { envExample } from '../../../scripts/check/env-example.ts';
import { ROOT, textOf } from '../../../scripts/check/project-files.ts';

describe('.env.example', () => {
  it('is what the configuration says', () => {
    expect(textOf('.env.example')).toBe(envExample());
  });

  it('changes nothing when copied as it is', () => {
    expect(readConfig(parseEnv(textOf('.env.example')), ROOT)).toEqual(readConfig({}, ROOT));
    expect(readConfig({}, ROOT).ok && readConfig({}, join(ROOT, 'x')).ok).toBe(true);
  });
});
