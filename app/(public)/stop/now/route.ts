import { stopMails } from '../../../../lib/mailings/stops.ts';
import { stopForm } from '../form.ts';

/** No more mails of this letter to this address. */
export const POST = stopForm(stopMails);
