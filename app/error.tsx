'use client';

// Next allows an error boundary only as a client component, and no request is at hand there: one language, few words, no translator to load.
export default function ErrorPage({ reset }: { readonly error: Error; readonly reset: () => void }) {
  return (
    <main className="shell__main">
      <h1>Something went wrong on our side</h1>
      <p>Nothing you sent was half done: a change is either saved whole or not at all. Please try again in a moment.</p>
      <button className="button" type="button" onClick={reset}>
        Try again
      </button>
    </main>
  );
}
