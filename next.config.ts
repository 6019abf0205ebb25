import type { NextConfig } from 'next';

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
  // `npm run check` types everything; `npm start` must not fail on a test's or a script's types.
  typescript: { ignoreBuildErrors: true },
};

// Next looks for the configuration here.
export default config;
