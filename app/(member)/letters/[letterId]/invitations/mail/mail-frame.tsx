'use client';

import { useEffect, useRef } from 'react';

/** Milliseconds between looks while the focus is not in the page itself. */
const LOOK = 200;

/**
 * A mail in a frame that runs nothing and belongs to nobody. The keyboard scrolls inside it and comes to its links, where no ring of the
 * page is seen: it is drawn around the frame. No style can ask for that (`:focus-within` ends at a frame), and nobody hears what happens
 * inside, as the live preview does of its own. The window only hears that it loses the focus, and not to which frame, or to another one.
 */
export function MailFrame({ src, title }: { readonly src: string; readonly title: string }) {
  const box = useRef<HTMLDivElement>(null);

  useEffect(() => {
    let looking: ReturnType<typeof setInterval> | undefined;
    const look = () => box.current?.toggleAttribute('data-focused', box.current.contains(document.activeElement));
    const away = () => {
      look();
      clearInterval(looking);
      looking = setInterval(look, LOOK);
    };
    const back = () => {
      look();
      clearInterval(looking);
    };
    // The focus may have left before this runs.
    if (!document.hasFocus() || document.activeElement?.tagName === 'IFRAME') away();
    window.addEventListener('blur', away);
    window.addEventListener('focus', back);
    return () => {
      clearInterval(looking);
      window.removeEventListener('blur', away);
      window.removeEventListener('focus', back);
    };
  }, []);

  return (
    <div ref={box} className="mail-frame">
      <iframe title={title} sandbox="" src={src} />
    </div>
  );
}
