import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';

interface Tool {
  readonly name: ToolName;
  /** The Debian package that brings it. */
  readonly debian: string;
  readonly purpose: string;
}

export type ToolName =
  | 'chromium'
  | 'initdb'
  | 'pdftotext'
  | 'pdfinfo'
  | 'pdftoppm'
  | 'qpdf'
  | 'java'
  | 'pdfbox2.jar'
  | 'jaxb-api.jar'
  | 'strace'
  | 'faketime';

/** Programs of the system that tests look at the product with; the product itself needs none of them. */
export const TOOLS: readonly Tool[] = [
  { name: 'chromium', debian: 'chromium', purpose: 'for the tests in a real browser' },
  { name: 'initdb', debian: 'postgresql', purpose: 'for the tests on a PostgreSQL server' },
  { name: 'pdftotext', debian: 'poppler-utils', purpose: 'to read PDFs back' },
  { name: 'pdfinfo', debian: 'poppler-utils', purpose: 'to read PDF metadata' },
  { name: 'pdftoppm', debian: 'poppler-utils', purpose: 'to look at the pages of PDFs' },
  { name: 'qpdf', debian: 'qpdf', purpose: 'to check the structure of PDFs' },
  { name: 'java', debian: 'default-jre-headless', purpose: 'to run a second PDF reader' },
  { name: 'pdfbox2.jar', debian: 'libpdfbox2-java', purpose: 'to read PDFs back a second way' },
  { name: 'jaxb-api.jar', debian: 'libjaxb-api-java', purpose: 'to look at PDFs for archives' },
  { name: 'strace', debian: 'strace', purpose: 'to count what reaches the disk' },
  { name: 'faketime', debian: 'faketime', purpose: 'to let days go by in a minute' },
];

function foldersOf(name: ToolName): readonly string[] {
  if (name.endsWith('.jar')) return ['/usr/share/java'];
  if (name !== 'initdb') return (process.env['PATH'] ?? '').split(delimiter);
  // Debian keeps the server's programs out of the path, in a folder for each version.
  const versions = '/usr/lib/postgresql';
  if (!existsSync(versions)) return [];
  return readdirSync(versions)
    .sort((one, two) => Number(two) - Number(one))
    .map((version) => join(versions, version, 'bin'));
}

function isUsable(file: string, mode: number): boolean {
  try {
    accessSync(file, mode);
    return true;
  } catch {
    return false;
  }
}

/** The tool's absolute path, or null where it is not installed. */
export function toolPath(name: ToolName): string | null {
  const mode = name.endsWith('.jar') ? constants.R_OK : constants.X_OK;
  for (const folder of foldersOf(name)) {
    const file = join(folder, name);
    if (folder !== '' && isUsable(file, mode)) return file;
  }
  return null;
}

/** For `describe.skipIf(!hasTool('qpdf'))`: the tests are left out where the tool is missing, and in CI they fail. */
export function hasTool(name: ToolName): boolean {
  if (toolPath(name) !== null) return true;
  if (process.env['CI'] !== 'true') return false;
  throw new Error(`${name} is missing: install ${TOOLS.find((tool) => tool.name === name)?.debian}`);
}

/** The tool's absolute path; an error that names the package where it is not installed. */
export function requireTool(name: ToolName): string {
  const path = toolPath(name);
  if (path === null) throw new Error(`${name} is missing: install ${TOOLS.find((tool) => tool.name === name)?.debian}`);
  return path;
}
