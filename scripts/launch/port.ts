import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { LaunchError } from './say.ts';

/** The code of the error that listening ends with, if it does. */
function listenOnce(port: number, address: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'unknown'));
    server.listen({ port, host: address, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}

/**
 * Finds out before anything else is done whether the port can be had.
 * @throws LaunchError
 */
export async function requireFreePort(port: number, address: string): Promise<void> {
  let code = await listenOnce(port, address);
  // A server whose launcher was killed needs a moment to end.
  for (let attempt = 0; code === 'EADDRINUSE' && attempt < 10; attempt++) {
    await sleep(150);
    code = await listenOnce(port, address);
  }
  if (code === undefined) return;
  if (code === 'EADDRINUSE') throw new LaunchError(`Port ${port} is in use by another program: stop it, or set PORT to another number.`);
  if (code === 'EACCES') throw new LaunchError(`Port ${port} is not open to this user: set PORT to a number above 1023.`);
  if (code === 'EADDRNOTAVAIL') throw new LaunchError(`This machine has no address ${address}: set BIND_ADDRESS to one it has.`);
  throw new LaunchError(`Port ${port} on ${address} cannot be opened (${code}): set PORT or BIND_ADDRESS.`);
}
