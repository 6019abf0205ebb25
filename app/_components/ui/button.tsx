import type { ReactNode } from 'react';

type Look = 'main' | 'quiet' | 'danger' | 'link';

const classOf = (look: Look): string => (look === 'main' ? 'button' : `button button--${look}`);

/** Submits its form. `name` and `value` tell several buttons of one form apart. */
export function Button({
  children,
  look = 'main',
  name,
  value,
  formAction,
  formTarget,
}: {
  readonly children: ReactNode;
  readonly look?: Look;
  readonly name?: string;
  readonly value?: string;
  readonly formAction?: string;
  readonly formTarget?: '_blank';
}) {
  return (
    <button className={classOf(look)} type="submit" name={name} value={value} formAction={formAction} formTarget={formTarget}>
      {children}
    </button>
  );
}

/**
 * Stands first in a form that has several buttons: what the Enter key presses is the first of them, wherever it is shown. Nobody sees it,
 * and neither keyboard nor screen reader comes by it.
 */
export function DefaultButton({ name, value }: { readonly name: string; readonly value: string }) {
  return <button className="visually-hidden" type="submit" name={name} value={value} tabIndex={-1} aria-hidden="true" />;
}

/** A link that looks like a button: for going somewhere, never for changing anything. */
export function ButtonLink({
  children,
  href,
  look = 'main',
}: {
  readonly children: ReactNode;
  readonly href: string;
  readonly look?: Look;
}) {
  return (
    <a className={classOf(look)} href={href}>
      {children}
    </a>
  );
}

/** One button that posts to `action`, with nothing to type: freeze, confirm, sign out. */
export function ButtonForm({
  action,
  children,
  look = 'main',
  values = {},
}: {
  readonly action: string;
  readonly children: ReactNode;
  readonly look?: Look;
  readonly values?: Readonly<Record<string, string>>;
}) {
  return (
    <form method="post" action={action}>
      {Object.entries(values).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <Button look={look}>{children}</Button>
    </form>
  );
}
