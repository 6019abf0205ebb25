import { resumeMails } from '../../../../lib/mailings/stops.ts';
import { stopForm } from '../form.ts';

/** Mails again: somebody pressed too soon, or a mail scanner did. */
export const POST = stopForm(resumeMails);
