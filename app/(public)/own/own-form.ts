import type { Translator } from '../../../lib/i18n/translator.ts';
import type { FormView } from '../../_components/ui/form-view.ts';
import { formOf } from '../../_request/form-of-link.ts';
import { readForm } from '../../_request/read-form.ts';
import { type Door, pageBehind } from './door.ts';

/** A form of an own page, with what was typed for this signing alone. @param path of the page it stands on: by default the own page */
export async function readOwnForm(
  t: Translator,
  name: string,
  door: Door,
  signingId: string,
  initial: Parameters<typeof formOf>[3] = {},
  path = pageBehind(door),
): Promise<FormView> {
  return formOf(t, await readForm(t, name, path, initial), { field: 'signing', id: signingId }, initial, new Date());
}
