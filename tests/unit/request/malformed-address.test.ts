import { createServer } from 'node:http';
import { expect, it } from 'vitest';
import { refuseMalformedAddresses } from '../../../app/_request/malformed-address.ts';
import { freePort } from '../../support/free-port.ts';
import { send } from '../../support/request.ts';

it('sends a path that is no UTF-8 nowhere, and leaves every other alone', async () => {
  refuseMalformedAddresses();
  refuseMalformedAddresses();
  const server = createServer((request, response) => response.end(request.url));
  const port = await freePort();
  await new Promise<void>((listening) => server.listen(port, '127.0.0.1', listening));
  const seen = async (path: string) => (await send(`http://127.0.0.1:${port}`, { method: 'GET', path })).text;
  try {
    for (const path of ['/i/%ff', '/%', '/join/%c3%28', '/i/%ED%A0%80?x=1']) expect(await seen(path)).toBe('/malformed-address');
    for (const path of ['/i/%00', '/i/%C3%A9', '/desk?after=%ff', '/']) expect(await seen(path)).toBe(path);
  } finally {
    await new Promise((closed) => server.close(closed));
  }
});
