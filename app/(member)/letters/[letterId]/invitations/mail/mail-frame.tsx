'use client';

import { useEffect, useRef } from 'react';

/**
 * A mail in a frame that runs nothing and belongs to nobody. The keyboard scrolls inside it and comes to its links, where no ring of the
 * page is seen: it is drawn around the frame. No style can ask for that (`:focus-within` ends at a frame), and nobody hears what happens
 * inside; but when the focus goes into a frame the window loses it, and a stop of the page stands between two mails.
 */
export function MailFrame({ src, title }: { readonly src: string; readonly title: string }) {
  const box = useRef<HTMLDivElement>(null);

  useEffect(() => {
    const entered = () => {
      const { activeElement } = document;
      if (activeElement?.tagName === 'IFRAME' && box.current?.contains(activeElement)) box.current.dataset['focused'] = '';
    };
    const left = () => delete box.current?.dataset['focused'];
    window.addEventListener('blur', entered);
    window.addEventListener('focus', left);
    return () => {
      window.removeEventListener('blur', entered);
      window.removeEventListener('focus', left);
    };
  }, []);

  return (
    <div ref={box} className="mail-frame">
      <iframe title={title} sandbox="" src={src} />
    </div>
  );
}
