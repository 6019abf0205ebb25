'use client';

import { lazy, Suspense, useEffect, useState } from 'react';
import type { LivePreviewProps } from './live-preview-frame.tsx';
import { useUnsavedGuard } from './unsaved-guard.ts';

// Fetched once the page stands: whoever only reads or types never waits for it.
const Frame = lazy(async () => ({ default: (await import('./live-preview-frame.tsx')).LivePreviewFrame }));

/** The page of what is typed, beside the form, as it is typed. Without scripts there is nothing here: the form's buttons do the same. */
export function LivePreview(props: LivePreviewProps) {
  const [started, setStarted] = useState(false);
  useUnsavedGuard(props.form);
  useEffect(() => setStarted(true), []);
  if (!started) return null;
  return (
    <Suspense fallback={null}>
      <Frame {...props} />
    </Suspense>
  );
}
