import type { Page } from 'playwright-core';
import type { SignatoryLanguage, States } from './states.ts';

/** A page in one of its states. */
export interface Scene {
  readonly name: string;
  /** `fa` is what the mirrored looks of pages for signatories and readers speak, the pseudo-locale those of the desk. */
  readonly mirrored: 'fa' | 'en-XB';
  /** The cookie of whoever looks; none for anybody. */
  readonly as: (states: States, language: SignatoryLanguage) => string | Promise<string>;
  readonly at: (states: States) => string | Promise<string>;
  /** What they do there before the picture is taken. */
  readonly act?: (page: Page, states: States) => Promise<void>;
}

export type Doing = NonNullable<Scene['act']>;
type Place = string | ((states: States) => string | Promise<string>);

export const ANYBODY = () => '';
const placed = (at: Place) => (typeof at === 'string' ? () => at : at);
export const owner = ({ world }: States): string => world.cookies.owner;

export const desk = (name: string, at: Place, act?: Doing, as: Scene['as'] = owner): Scene => ({
  name,
  mirrored: 'en-XB',
  as,
  at: placed(at),
  ...(act ? { act } : {}),
});
export const open = (name: string, at: Place, act?: Doing, as: Scene['as'] = ANYBODY): Scene => ({
  ...desk(name, at, act, as),
  mirrored: 'fa',
});
export const link = (name: string, as: Scene['as'], act?: Doing): Scene => open(`link-${name}`, '/i', act, as);

/** Sends the form as it stands, or with some fields typed over; waits for the page that answers. */
export const send =
  (action: string, fields: Readonly<Record<string, string>> = {}): Doing =>
  async (page) => {
    // A live page would be read to its end before its buttons do anything; a form needs no script.
    const form = page.locator(`form[action$="${action}"], form[action*="${action}?"]`).first();
    await form.evaluate((element, typed) => {
      for (const [name, value] of Object.entries(typed)) {
        for (const field of element.querySelectorAll<HTMLInputElement>(`[name="${name}"]`)) {
          if (field.type === 'radio' || field.type === 'checkbox') field.checked = field.value === value;
          else field.value = value;
        }
      }
    }, fields);
    const press = form.evaluate((element) =>
      (element as HTMLFormElement).requestSubmit(
        element.querySelector<HTMLElement>('button[type="submit"]:not([formaction], [value="more"])'),
      ),
    );
    await Promise.all([page.waitForEvent('load'), press]);
  };

export const openDetails: Doing = async (page) => {
  await page.locator('details').evaluateAll((all) => {
    for (const details of all) (details as HTMLDetailsElement).open = true;
  });
};
