import type { MailMessage } from '../../../../lib/email/message.ts';
import { inOrder } from '../../../_components/letter/in-order.tsx';

/** The plain text of a mail; its links to this instance can be followed. */
export function MailText({ message, origin }: { readonly message: MailMessage; readonly origin: string }) {
  const pieces = message.text.split(/(https?:\/\/\S+)/);
  return (
    <div className="sheet mail-text" lang={message.language} dir={message.direction}>
      {inOrder(pieces, (piece) =>
        piece.startsWith(`${origin}/`) ? (
          <a href={piece} dir="ltr">
            {piece}
          </a>
        ) : (
          <span>{piece}</span>
        ),
      )}
    </div>
  );
}
