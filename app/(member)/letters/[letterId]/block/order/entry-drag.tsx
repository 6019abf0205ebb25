'use client';

import { useEffect } from 'react';

/**
 * Lets rows be dragged to a place, by sending the form that their buttons send. The buttons do the same without it, and by keyboard.
 */
export function EntryDrag({ list }: { /** The id of the list. */ readonly list: string }) {
  useEffect(() => {
    const rows = document.getElementById(list);
    if (!rows) return;
    let dragged: HTMLElement | null = null;
    const rowOf = (target: EventTarget | null) => {
      const element = target instanceof Element ? target : target instanceof Node ? target.parentElement : null;
      return element?.closest<HTMLElement>('[data-place]') ?? null;
    };
    const leave = () => {
      for (const row of rows.querySelectorAll('[data-over]')) row.removeAttribute('data-over');
    };

    const start = (event: DragEvent) => {
      dragged = rowOf(event.target);
      if (!dragged || !event.dataTransfer) return;
      event.dataTransfer.effectAllowed = 'move';
      event.dataTransfer.setData('text/plain', dragged.id);
      dragged.dataset['dragged'] = '';
    };
    const over = (event: DragEvent) => {
      const row = rowOf(event.target);
      if (!dragged || !row) return;
      event.preventDefault();
      leave();
      if (row !== dragged) row.dataset['over'] = '';
    };
    const drop = (event: DragEvent) => {
      const row = rowOf(event.target);
      const form = dragged?.querySelector('form');
      if (!row || !dragged || !form || row === dragged) return;
      event.preventDefault();
      const to = document.createElement('input');
      to.type = 'hidden';
      to.name = 'to';
      to.value = row.dataset['place'] ?? '1';
      form.append(to);
      form.submit();
    };
    const end = () => {
      leave();
      delete dragged?.dataset['dragged'];
      dragged = null;
    };

    for (const row of rows.querySelectorAll<HTMLElement>('[data-place]')) row.draggable = true;
    rows.addEventListener('dragstart', start);
    rows.addEventListener('dragenter', over);
    rows.addEventListener('dragover', over);
    rows.addEventListener('drop', drop);
    rows.addEventListener('dragend', end);
    return () => {
      rows.removeEventListener('dragstart', start);
      rows.removeEventListener('dragenter', over);
      rows.removeEventListener('dragover', over);
      rows.removeEventListener('drop', drop);
      rows.removeEventListener('dragend', end);
    };
  }, [list]);
  return null;
}
