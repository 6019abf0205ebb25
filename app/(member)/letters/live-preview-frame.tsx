'use client';

import { useEffect, useRef, useState } from 'react';

export interface LivePreviewProps {
  /** The id of the form. */
  readonly form: string;
  /** Where its fields are sent, and a page comes back from. */
  readonly action: string;
  readonly title: string;
  /** Said where what is typed cannot be shown yet. */
  readonly failed: string;
}

/** Milliseconds without a key before the page is asked for. */
const PAUSE = 700;

export function LivePreviewFrame({ form, action, title, failed }: LivePreviewProps) {
  const box = useRef<HTMLDivElement>(null);
  const [trouble, setTrouble] = useState<string | null>(null);

  useEffect(() => {
    const source = document.getElementById(form);
    if (!(source instanceof HTMLFormElement)) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let asked = new AbortController();

    async function show(typed: HTMLFormElement): Promise<void> {
      asked.abort();
      asked = new AbortController();
      const { signal } = asked;
      try {
        const response = await fetch(action, {
          method: 'POST',
          headers: { accept: 'text/html, application/json' },
          body: new URLSearchParams([...new FormData(typed)].map(([name, value]): [string, string] => [name, String(value)])),
          signal,
        });
        const answer = await response.text();
        if (signal.aborted) return;
        setTrouble(response.ok ? null : (messageIn(answer) ?? failed));
        if (response.ok && box.current) place(box.current, answer, title);
      } catch {
        if (!signal.aborted) setTrouble(failed);
      }
    }

    const later = () => {
      clearTimeout(timer);
      timer = setTimeout(() => void show(source), PAUSE);
    };
    source.addEventListener('input', later);
    later();
    return () => {
      clearTimeout(timer);
      asked.abort();
      source.removeEventListener('input', later);
    };
  }, [form, action, title, failed]);

  return (
    <section className="live-preview" aria-labelledby="live-preview">
      <h2 id="live-preview">{title}</h2>
      <p className="live-preview__trouble" role="status">
        {trouble}
      </p>
      <div ref={box} className="live-preview__box" />
    </section>
  );
}

/** A frame of its own each time: setting another page in one would fill the browser's way back with previews. */
function place(box: HTMLElement, page: string, title: string): void {
  const before = box.querySelector<HTMLIFrameElement>('iframe:not([data-waiting])');
  const scrolled = before?.contentWindow?.scrollY ?? 0;
  for (const waiting of box.querySelectorAll('iframe[data-waiting]')) waiting.remove();
  const frame = document.createElement('iframe');
  // No scripts run in it; the origin is ours so that the place that was read can be kept.
  frame.setAttribute('sandbox', 'allow-same-origin');
  frame.title = title;
  frame.dataset['waiting'] = '';
  frame.srcdoc = page;
  frame.addEventListener('load', () => {
    frame.contentWindow?.scrollTo(0, scrolled);
    // The keyboard scrolls inside it, where no ring would be seen.
    frame.contentWindow?.addEventListener('focus', () => box.setAttribute('data-focused', ''));
    frame.contentWindow?.addEventListener('blur', () => box.removeAttribute('data-focused'));
    delete frame.dataset['waiting'];
    before?.remove();
  });
  box.append(frame);
}

/** The sentence of a refusal. */
function messageIn(answer: string): string | null {
  try {
    const { message, faults } = JSON.parse(answer) as { message?: string; faults?: readonly { message?: string }[] };
    return message ?? faults?.[0]?.message ?? null;
  } catch {
    return null;
  }
}
