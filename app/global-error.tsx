'use client';

import { useErrorWords } from './error-words.ts';

// Takes the place of the whole document when even the frame failed, so it stands alone: no styles, no translator, nothing that could fail again.
export default function GlobalErrorPage() {
  const { language, direction, title, text } = useErrorWords();
  return (
    <html lang={language} dir={direction}>
      <body>
        <h1>{title}</h1>
        <p>{text}</p>
      </body>
    </html>
  );
}
