'use client';

// Takes the place of the whole document when even the frame failed, so it stands alone: no styles, no translator, nothing that could fail again.
export default function GlobalErrorPage() {
  return (
    <html lang="en">
      <body>
        <h1>Something went wrong on our side</h1>
        <p>Nothing you sent was half done: a change is either saved whole or not at all. Please try again in a moment.</p>
      </body>
    </html>
  );
}
