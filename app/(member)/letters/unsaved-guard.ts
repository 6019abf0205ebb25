'use client';

import { useEffect } from 'react';

/**
 * Lets the browser ask before a page is left with something typed that nobody has saved. What is sent is no loss; what only opens a preview
 * in a page of its own leaves this one as it is.
 * @param form the id of the form
 */
export function useUnsavedGuard(form: string): void {
  useEffect(() => {
    const source = document.getElementById(form);
    if (!(source instanceof HTMLFormElement)) return;
    let typed = false;
    const onInput = () => {
      typed = true;
    };
    const onSubmit = ({ submitter }: SubmitEvent) => {
      if (!(submitter instanceof HTMLButtonElement && submitter.formTarget === '_blank')) typed = false;
    };
    const onLeave = (event: BeforeUnloadEvent) => {
      if (typed) event.preventDefault();
    };
    source.addEventListener('input', onInput);
    source.addEventListener('submit', onSubmit);
    window.addEventListener('beforeunload', onLeave);
    return () => {
      source.removeEventListener('input', onInput);
      source.removeEventListener('submit', onSubmit);
      window.removeEventListener('beforeunload', onLeave);
    };
  }, [form]);
}
