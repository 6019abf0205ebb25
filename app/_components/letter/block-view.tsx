import type { SectionPart } from '../../../lib/block/list-page.ts';
import type { Entry } from '../../../lib/block/model.ts';
import { entryPieces } from '../../../lib/block/pieces.ts';
import { inOrder } from './in-order.tsx';

export interface BlockViewProps {
  readonly part: SectionPart;
  /** BCP 47, the language of heading and note. */
  readonly language: string;
  readonly direction: 'ltr' | 'rtl';
  readonly headingLevel?: 2 | 3 | 4;
}

/** Entries of one section of the signatory block: a list, so that a screen reader says how many there are and lets one walk them. */
export function BlockView({ part: { section, entries, first, continued }, language, direction, headingLevel = 2 }: BlockViewProps) {
  const Heading = `h${headingLevel}` as const;
  const classes = [
    'block__entries',
    ...(section.numbered ? ['block__entries--numbered'] : []),
    ...(section.columns > 1 ? [`block__entries--columns-${section.columns}`] : []),
  ];
  const List = section.numbered ? 'ol' : 'ul';
  const counting = section.numbered ? { start: first } : {};
  return (
    <section className="block" lang={language} dir={direction}>
      {section.heading === null ? null : <Heading className="block__heading">{section.heading}</Heading>}
      {section.note === null || continued ? null : <p className="block__note">{section.note}</p>}
      {section.countLine === null ? null : <p className="block__count">{section.countLine}</p>}
      {entries.length === 0 ? null : (
        // The role is said aloud, since WebKit takes a list without markers for none.
        <List className={classes.join(' ')} role="list" {...counting}>
          {inOrder(entries, (entry) => (
            <li>
              <EntryLines entry={entry} />
            </li>
          ))}
        </List>
      )}
    </section>
  );
}

/**
 * How one signatory prints. Lines run in the block's direction; the name and each part is isolated and the commas between them are
 * not, so that a part in another script never reorders what stands beside it.
 */
export function EntryLines({ entry }: { readonly entry: Entry }) {
  return inOrder(entryPieces(entry), (line) => (
    <span className="block__line">
      {inOrder(line, (piece) =>
        piece.kind === 'joint' ? piece.text : <bdi>{piece.kind === 'lead' ? <strong>{piece.text}</strong> : piece.text}</bdi>,
      )}
    </span>
  ));
}
