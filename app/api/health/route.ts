import { instance } from '../../_request/instance.ts';

/** For monitors: `yes` with 200, or `no` with 503; nothing more, since anybody may ask. */
export async function GET(): Promise<Response> {
  const healthy = await instance()
    .isHealthy()
    .catch(() => false);
  return new Response(healthy ? 'yes\n' : 'no\n', {
    status: healthy ? 200 : 503,
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
  });
}
