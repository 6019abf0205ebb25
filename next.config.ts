import type { NextConfig } from 'next';

/** On every answer, whoever makes it. The content policy of pages comes from `proxy.ts`, which knows the nonce. */
const EVERYWHERE = [
  // Not no-referrer: browsers would then send `Origin: null` with our own forms, which are refused.
  { key: 'Referrer-Policy', value: 'same-origin' },
  { key: 'X-Content-Type-Options', value: 'nosniff' },
  { key: 'X-Frame-Options', value: 'DENY' },
  { key: 'Permissions-Policy', value: 'camera=(), microphone=(), geolocation=(), browsing-topics=()' },
  { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
  { key: 'Cross-Origin-Resource-Policy', value: 'same-origin' },
];

/** Where `proxy.ts` does not run: static files, machine doors, requests with a body. Nothing there is a page. */
const NO_PAGE = [
  {
    key: 'Content-Security-Policy',
    value:
      "default-src 'none'; style-src 'sha256-dQttk9JFiQs8625J6OPpPtDEVEsMBo8mS6i8JoJ6vqc='; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  },
];

/** What handlers show all the same (`app/_request/shown-policy.ts`): these take the place of the policy above. */
const PREVIEW = [
  {
    key: 'Content-Security-Policy',
    value: "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'",
  },
];
const SHOWN_FILE = [
  { key: 'Content-Security-Policy', value: "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'" },
];

const MAIL_FRAME = [
  { key: 'X-Frame-Options', value: 'SAMEORIGIN' },
  { key: 'Content-Security-Policy', value: "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'" },
];

const SENDS = { type: 'header', key: 'content-type' } as const;

const config: NextConfig = {
  output: 'standalone',
  turbopack: { root: import.meta.dirname },
  outputFileTracingRoot: import.meta.dirname,
  // What is opened by name at run time and imported nowhere: the tracer cannot see it.
  outputFileTracingIncludes: {
    '/**': ['./db/migrations/**', './lib/pdf/fonts/**', './lib/**/*.ts', './lib/**/*.json', './node_modules/harfbuzzjs/**/*.wasm'],
  },
  // Paths computed at run time (DATA_DIR) make the tracer take the whole folder in.
  outputFileTracingExcludes: {
    '/**': [
      './data/**',
      './tests/**',
      './docs/**',
      './scripts/**',
      './bin/**',
      './.env*',
      './.git/**',
      './node_modules/.cache/**',
      './node_modules/typescript/**',
    ],
  },
  poweredByHeader: false,
  productionBrowserSourceMaps: false,
  reactStrictMode: true,
  images: { unoptimized: true },
  headers: async () => [
    { source: '/:path*', headers: EVERYWHERE },
    { source: '/:door(_next|fonts|api)/:path*', headers: NO_PAGE },
    { source: '/:path*', has: [SENDS], headers: NO_PAGE },
    { source: '/:path*/preview', has: [SENDS], headers: PREVIEW },
    { source: '/:path*/preview/pdf', has: [SENDS], headers: SHOWN_FILE },
    { source: '/api/files/letters/:letter/:format', has: [{ type: 'query', key: 'show', value: '1' }], headers: SHOWN_FILE },
    { source: '/api/files/letters/:letter/mail', headers: MAIL_FRAME },
    { source: '/fonts/:path*', headers: [{ key: 'Cache-Control', value: 'public, max-age=31536000, immutable' }] },
  ],
  // `npm run check` types everything; `npm start` must not fail on a test's or a script's types.
  typescript: { ignoreBuildErrors: true },
};

// Next looks for the configuration here.
export default config;
