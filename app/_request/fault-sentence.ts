import type { Translator } from '../../lib/i18n/translator.ts';
import type { Fault } from '../../lib/shared/fault.ts';

/**
 * The sentence for a fault, from the particular to the general: `fault.<form>.<place>.<reason>`, `fault.<form>.<reason>`,
 * `fault.<place>.<reason>`, `fault.<reason>`. Places of lists go without their index (`signatories[17].role` → `signatories.role`), and
 * where a form has no words for them, they have those of its field of that name: what is asked for the first is asked for each.
 */
export function faultSentence(t: Translator, form: string, { place, reason, values }: Fault): string {
  const plain = place.replaceAll(/\[\d+\]/g, '');
  const named = plain.split('.').at(-1);
  const particular = [
    `fault.${form}.${plain}.${reason}`,
    `fault.${form}.${named}.${reason}`,
    `fault.${form}.${reason}`,
    `fault.${plain}.${reason}`,
    `fault.${reason}`,
  ];
  return t.first(particular, 'fault.invalid', values);
}
