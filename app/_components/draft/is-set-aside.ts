import type { FormView } from '../ui/form-view.ts';

/** Of the refusals of a letter's forms those whose command sets aside what was typed; of any other it is in the form alone. */
const SETS_ASIDE: readonly string[] = ['stale', 'not-a-draft', 'final', 'not-allowed'];

/** Whether what a refused form holds is in the letter's history too. */
export const isSetAside = ({ reasons }: Pick<FormView, 'reasons'>): boolean => reasons.some((reason) => SETS_ASIDE.includes(reason));
