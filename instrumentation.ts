/** Runs once when the server starts, before the first request is answered. */
export async function register(): Promise<void> {
  // Imported only where it can run: Next bundles this file for other runtimes too.
  if (process.env['NEXT_RUNTIME'] !== 'nodejs') return;
  const { stampSocketAddresses } = await import('./app/_request/client-address.ts');
  stampSocketAddresses();
  const { refuseMalformedAddresses } = await import('./app/_request/malformed-address.ts');
  refuseMalformedAddresses();
  // The development server shows a failure in a window of its own.
  if (process.env['NODE_ENV'] === 'production') {
    const { giveFailedPagesWords } = await import('./app/_request/pages-that-failed.ts');
    giveFailedPagesWords();
  }
  const { startOwnBackground } = await import('./lib/jobs/start.ts');
  await startOwnBackground();
}
