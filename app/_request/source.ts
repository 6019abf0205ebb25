import { type Result, refusal, success } from '../../lib/shared/result.ts';

/**
 * Whether a request that changes something comes from a page of this instance: the `Origin` is exactly ours (none and `null` are
 * refused), and `Sec-Fetch-Site`, where a browser sends it, agrees. The `Host` header is never asked: the sender writes it.
 * @param origin the configured origin, without a slash at the end
 */
export function checkSource(headers: Headers, origin: string): Result<null, 'foreign-origin'> {
  const site = headers.get('sec-fetch-site');
  const ours = headers.get('origin') === origin && (site === null || site === 'same-origin');
  return ours ? success(null) : refusal('foreign-origin');
}
