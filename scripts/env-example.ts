import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { envExample } from './check/env-example.ts';
import { ROOT } from './check/project-files.ts';

writeFileSync(join(ROOT, '.env.example'), envExample());
