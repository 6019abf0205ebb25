import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkLayers } from '../../../scripts/check/layers.ts';
import { ROOT } from '../../../scripts/check/project-files.ts';

// A house with every arrow turned the wrong way once. A check that cannot read TypeScript would find it in order.
const HOUSE: Readonly<Record<string, string>> = {
  'app/page.ts': `import { rows } from '../db/rows.ts';\nexport const page = rows;\n`,
  'db/rows.ts': `export const rows = [1];\n`,
  'db/rules.ts': `import { rule } from '../lib/letters/rule.ts';\nexport const rules = rule;\n`,
  'lib/letters/rule.ts': `export const rule = 1;\n`,
  'lib/letters/back.ts': `import { page } from '../../app/page.ts';\nexport const back = page;\n`,
  'lib/letters/request.ts': `import { cookies } from 'next/headers.js';\nexport const request = cookies;\n`,
  'lib/pdf/render.ts': `import { rows } from '../../db/rows.ts';\nexport const render = rows;\n`,
  'lib/letters/one.ts': `import { two } from './two.ts';\nexport const one = (): unknown => two;\n`,
  'lib/letters/two.ts': `import { one } from './one.ts';\nexport const two = (): unknown => one;\n`,
  'lib/letters/good.ts': `import { rows } from '../../db/rows.ts';\nexport const good = rows;\n`,
};

describe('the layer check', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'undersigned-house-'));
    for (const [file, text] of Object.entries(HOUSE)) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    }
    for (const file of ['.dependency-cruiser.mjs', 'tsconfig.json', 'package.json']) copyFileSync(join(ROOT, file), join(folder, file));
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('finds every arrow that points the wrong way, and no other', () => {
    const found = checkLayers(folder, 1).map(({ place, advice }) => `${place} ${/\((\S+)\)$/.exec(advice)?.[1]}`);
    expect(new Set(found)).toEqual(
      new Set([
        'app/page.ts app-goes-through-lib',
        'db/rules.ts db-knows-no-rules',
        'lib/letters/back.ts lib-knows-no-request',
        'lib/letters/request.ts lib-without-next',
        'lib/pdf/render.ts renderers-know-no-database',
        'lib/letters/one.ts no-cycle',
      ]),
    );
  });

  it('takes a run that saw too little for a failure', () => {
    expect(checkLayers(folder, 1000)[0]?.advice).toMatch(/only \d+ modules were seen/);
  });
});
