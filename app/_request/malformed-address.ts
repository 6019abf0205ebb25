import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';

/** A path that no door has. */
const NOWHERE = '/malformed-address';

// All copies of this module in a process must know; only globalThis is shared by them.
const process_: { undersignedAddressCheck?: true } = globalThis as { undersignedAddressCheck?: true };

function isReadable(address: string): boolean {
  try {
    decodeURIComponent(address.split('?', 1)[0] ?? '');
    return true;
  } catch {
    return false;
  }
}

/**
 * Sends a path whose percent signs hold no UTF-8 to where nothing is, before anything else reads it: Next answers one with a dynamic
 * part (`/i/%ff`) with 500. To be called once, when the server starts (instrumentation).
 */
export function refuseMalformedAddresses(): void {
  if (process_.undersignedAddressCheck) return;
  process_.undersignedAddressCheck = true;
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { request: IncomingMessage };
    if (!isReadable(request.url ?? '')) request.url = NOWHERE;
  });
}
