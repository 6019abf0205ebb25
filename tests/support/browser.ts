import { type Browser, type BrowserContext, chromium, type Locator, type Page } from 'playwright-core';
import { requireTool } from './tools.ts';

/** Off wherever the product promises to work without it. */
export interface VisitorOptions {
  readonly javaScript?: boolean;
  readonly width?: number;
  readonly dark?: boolean;
  readonly locale?: string;
}

export async function openBrowser(): Promise<Browser> {
  // The sandbox needs rights that a build machine's user does not have; every page is our own.
  return await chromium.launch({ executablePath: requireTool('chromium'), args: ['--no-sandbox', '--disable-dev-shm-usage'] });
}

/** One person's browser: its own cookies, and a list of every request that left for elsewhere. */
export async function openVisitor(browser: Browser, origin: string, options: VisitorOptions = {}) {
  const { javaScript = false, width = 1280, dark = false, locale = 'en-GB' } = options;
  const context: BrowserContext = await browser.newContext({
    baseURL: origin,
    javaScriptEnabled: javaScript,
    viewport: { width, height: 800 },
    colorScheme: dark ? 'dark' : 'light',
    locale,
    acceptDownloads: true,
  });
  const foreign: string[] = [];
  context.on('request', (request) => {
    if (!request.url().startsWith(`${origin}/`) && !request.url().startsWith('data:')) foreign.push(request.url());
  });
  const page: Page = await context.newPage();
  return { context, page, foreign };
}

export type Visiting = Awaited<ReturnType<typeof openVisitor>>;

/** The alert of a page that says something: with scripts on, the framework adds one of its own, which is empty until it leads elsewhere. */
export const alertIn = (page: Page): Locator => page.getByRole('alert').filter({ hasText: /\S/ });

/** What a reader sees, a line for each line: without the hidden words, which the text content would hold. */
// biome-ignore lint/performance/useDomNodeTextContent: how it is laid out is what is asked
export const shownText = (locator: Locator): Promise<string> => locator.innerText();
