import type { Entry } from '../../../lib/block/model.ts';
import { blockWording } from '../../../lib/block/wording.ts';
import type { Translator } from '../../../lib/i18n/translator.ts';
import type { OwnEntry } from '../../../lib/signatures/own-view.ts';
import type { ShownLetter } from '../../../lib/signatures/shown-letter.ts';
import { languageDirection } from '../../../lib/text/direction.ts';
import { EntryLines } from '../letter/block-view.tsx';

interface PrintedEntryProps {
  readonly t: Translator;
  readonly letter: ShownLetter;
  readonly entry: Entry;
  readonly capacity: OwnEntry['capacity'];
  readonly publication: OwnEntry['publication'];
  readonly title: string;
}

/** An entry on white, as it will stand in the list: under its heading, in the letter's language and direction. */
export function PrintedEntry({ t, letter, entry, capacity, publication, title }: PrintedEntryProps) {
  const language = letter.authenticLanguage;
  return (
    <figure className="printed">
      <figcaption className="printed__caption">{title}</figcaption>
      {publication === 'counted' ? (
        <p className="printed__none">{t('signing.review.counted')}</p>
      ) : (
        <div className="printed__sheet" lang={language} dir={languageDirection(language)}>
          {capacity === 'personal' ? <p className="printed__heading">{blockWording(language).personalCapacity}</p> : null}
          <p className="printed__entry">
            <EntryLines entry={entry} />
          </p>
        </div>
      )}
    </figure>
  );
}
