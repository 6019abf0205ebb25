import { Fragment } from 'react';
import type { SectionPart } from '../../../lib/block/list-page.ts';
import { BlockView, type BlockViewProps } from './block-view.tsx';

interface BlockPartsProps extends Pick<BlockViewProps, 'language' | 'direction'> {
  readonly parts: readonly SectionPart[];
}

/** What stands of the block on one page: its sections, and below them those of an addendum, under its heading. */
export function BlockParts({ parts, language, direction }: BlockPartsProps) {
  return parts.map((part, index) => {
    const { addendum, kind } = part.section;
    const begins = addendum !== undefined && parts[index - 1]?.section.addendum?.day !== addendum.day;
    return (
      <Fragment key={`${addendum?.day ?? ''} ${kind}`}>
        {begins ? (
          <h3 className="block__addendum" lang={language} dir={direction}>
            {addendum.heading}
          </h3>
        ) : null}
        <BlockView part={part} language={language} direction={direction} headingLevel={addendum === undefined ? 3 : 4} />
      </Fragment>
    );
  });
}
