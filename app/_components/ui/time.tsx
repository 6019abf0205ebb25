import { formatInstant, formatMoment } from '../../../lib/i18n/format.ts';
import type { Translator } from '../../../lib/i18n/translator.ts';

/** An instant, for machines and for people; `short` leaves out weekday and zone, for lists whose head names the zone. */
export function Time({
  t,
  at,
  zone,
  short = false,
}: {
  readonly t: Translator;
  readonly at: Date;
  readonly zone: string;
  readonly short?: boolean;
}) {
  // Its own direction: a date that begins with a number would be torn apart by words from the other side.
  return (
    <time dateTime={at.toISOString()} dir="auto">
      {(short ? formatMoment : formatInstant)(t.locale, at, zone)}
    </time>
  );
}
