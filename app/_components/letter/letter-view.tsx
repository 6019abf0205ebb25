import type { ReactNode } from 'react';
import type { Addressee, DocumentText } from '../../../lib/document/model.ts';
import { chooseLocale } from '../../../lib/i18n/choose-locale.ts';
import { formatDay } from '../../../lib/i18n/format.ts';
import { LOCALES } from '../../../lib/i18n/locales.ts';
import { languageDirection } from '../../../lib/text/direction.ts';
import { BodyView, LineView } from './body-view.tsx';
import { inOrder } from './in-order.tsx';

export interface LetterViewProps {
  readonly text: DocumentText;
  readonly place?: string | null;
  /** ISO calendar date. */
  readonly date?: string | null;
  /** 1 where the letter is the page, 2 where the page has a title of its own. */
  readonly headlineLevel?: 1 | 2;
}

/** The white sheet a letter and its signatory block lie on. */
export function Sheet({ children, mark }: { readonly children: ReactNode; readonly mark?: string }) {
  return (
    <div className={mark === undefined ? 'sheet' : 'sheet sheet--preview'}>
      {mark === undefined ? null : <p className="sheet__mark">{mark}</p>}
      {children}
    </div>
  );
}

/** One text of a letter, in its own language and direction. */
export function LetterView({ text, place, date, headlineLevel = 1 }: LetterViewProps) {
  const Headline = headlineLevel === 1 ? 'h1' : 'h2';
  return (
    <article className="letter" lang={text.language} dir={languageDirection(text.language)}>
      <Dateline language={text.language} place={place ?? null} date={date ?? null} reference={text.reference} />
      {text.addressees.length === 0 ? null : (
        <ul className="letter__addressees">
          {text.addressees.map((addressee) => (
            <AddresseeItem key={`${addressee.name} ${addressee.office}`} addressee={addressee} />
          ))}
        </ul>
      )}
      <Headline className="letter__headline">
        <LineView line={text.headline} />
      </Headline>
      {text.subtitle === null ? null : (
        <p className="letter__subtitle">
          <LineView line={text.subtitle} />
        </p>
      )}
      {text.salutation === null ? null : (
        <p className="letter__salutation">
          <LineView line={text.salutation} />
        </p>
      )}
      <BodyView
        body={text.body}
        context={{ prefix: `${text.language}-`, depth: headlineLevel, direction: languageDirection(text.language) }}
      />
      {text.closing === null ? null : (
        <p className="letter__closing">
          <LineView line={text.closing} />
        </p>
      )}
      {text.cc.length === 0 ? null : (
        <ul className="letter__cc">
          {text.cc.map((line) => (
            <li key={line}>
              cc <bdi>{line}</bdi>
            </li>
          ))}
        </ul>
      )}
      {text.disclaimer === null ? null : (
        <p className="letter__disclaimer">
          <LineView line={text.disclaimer} />
        </p>
      )}
    </article>
  );
}

function AddresseeItem({ addressee }: { readonly addressee: Addressee }) {
  const lines = [addressee.name, ...(addressee.office === null ? [] : [addressee.office]), ...addressee.lines];
  return (
    <li>
      {inOrder(lines, (line) => (
        <span className="letter__line">
          <bdi>{line}</bdi>
        </span>
      ))}
    </li>
  );
}

function Dateline({
  language,
  place,
  date,
  reference,
}: {
  readonly language: string;
  readonly place: string | null;
  readonly date: string | null;
  readonly reference: string | null;
}) {
  if (place === null && date === null && reference === null) return null;
  // Dates in a language the interface does not speak still come in that language's words: Intl knows more languages than we do.
  const day = date === null ? null : formatDay(chooseLocale({ letterLanguage: language }, LOCALES), date);
  return (
    <p className="letter__dateline">
      {place === null ? null : <bdi>{place}</bdi>}
      {place !== null && day !== null ? ', ' : null}
      {day === null ? null : <time dateTime={date ?? undefined}>{day}</time>}
      {reference === null ? null : (
        <span className="letter__line">
          <bdi>{reference}</bdi>
        </span>
      )}
    </p>
  );
}
