import type { Page } from 'playwright-core';

/** What signatories do on their pages, by the names of the fields: the same in every language. */

/** Texts into fields and values of choices; true ticks a box, false unticks it. */
export type Typed = Readonly<Record<string, string | boolean>>;

/** Fills a form in; opens what is folded around a field. */
export async function type(page: Page, action: string, typed: Typed): Promise<void> {
  const form = page.locator(`form[action*="${action}"]`).first();
  for (const [name, value] of Object.entries(typed)) {
    const field = form.locator(`[name="${name}"]`).first();
    await field.evaluate((element) => {
      for (let at = element.closest('details'); at; at = at.parentElement?.closest('details') ?? null) at.open = true;
    });
    if (typeof value === 'boolean') await field.setChecked(value);
    else if ((await field.getAttribute('type')) === 'radio') await form.locator(`[name="${name}"][value="${value}"]`).check();
    else await field.fill(value);
  }
}

/** Presses the button of a form and waits for the page that answers. */
export async function press(page: Page, action: string, button = 'button:visible'): Promise<void> {
  const loaded = page.waitForEvent('load');
  await page.locator(`form[action*="${action}"]`).first().locator(button).last().click();
  await loaded;
}

/** Fills in the form of an answer, looks at the entry and signs it, saying of each organisation that they are authorised. */
export async function sign(page: Page, action: string, typed: Typed): Promise<void> {
  await type(page, action, typed);
  await press(page, action, 'button[name="step"][value="check"]:visible');
  for (const box of await page.locator(`form[action*="${action}"] input[type="checkbox"]`).all()) await box.check();
  await press(page, action, 'button[name="step"][value="sign"]:visible');
}
