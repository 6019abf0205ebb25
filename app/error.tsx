'use client';

import { useErrorWords } from './error-words.ts';

// Next allows an error boundary only as a client component, and no request is at hand there: the document says its language.
export default function ErrorPage({ reset }: { readonly error: Error; readonly reset: () => void }) {
  const { language, direction, title, text, again } = useErrorWords();
  return (
    <main className="shell__main" lang={language} dir={direction}>
      <h1>{title}</h1>
      <p>{text}</p>
      <button className="button" type="button" onClick={reset}>
        {again}
      </button>
    </main>
  );
}
