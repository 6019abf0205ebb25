import type { ReactNode } from 'react';
import type { Direction } from '../../../lib/text/direction.ts';
import { beforeMark } from '../../../lib/text/note-marks.ts';
import { superscriptRuns } from '../../../lib/text/superscript-runs.ts';
import type { Block, Body, Inline, TableCell } from '../../../lib/text/tree.ts';
import { inOrder } from './in-order.tsx';

/** Makes ids unique where two texts of one letter stand on a page. */
export interface BodyContext {
  readonly prefix: string;
  /** Added to a heading's level: the letter's headline takes the levels above. */
  readonly depth: number;
  /** Of the text. */
  readonly direction: Direction;
}

/** A letter's body. The tree is a closed set, so nothing here can become raw HTML. */
export function BodyView({ body, context }: { readonly body: Body; readonly context: BodyContext }) {
  return (
    <>
      <div className="letter__body">
        <Blocks blocks={body.blocks} context={context} />
      </div>
      {body.footnotes.length === 0 ? null : (
        <ol className="letter__notes letter__body">
          {body.footnotes.map(({ number, blocks }) => (
            <li key={number} id={`${context.prefix}note-${number}`} value={number}>
              <Blocks blocks={blocks} context={context} />
              <a href={`#${context.prefix}reference-${number}`} aria-label={`↩ ${number}`}>
                ↩
              </a>
            </li>
          ))}
        </ol>
      )}
    </>
  );
}

/** A single line of a letter, a headline for one: plain but for superscript. */
export const LineView = ({ line }: { readonly line: string }): ReactNode =>
  inlines(superscriptRuns(line), { prefix: '', depth: 0, direction: 'ltr' });

function Blocks({ blocks, context }: { readonly blocks: readonly Block[]; readonly context: BodyContext }): ReactNode {
  return inOrder(blocks, (block) => <BlockPart block={block} context={context} />);
}

function BlockPart({ block, context }: { readonly block: Block; readonly context: BodyContext }): ReactNode {
  switch (block.type) {
    case 'paragraph':
      return <p>{inlines(block.children, context)}</p>;
    case 'heading': {
      const Heading = `h${Math.min(6, block.level + context.depth)}` as 'h2' | 'h3' | 'h4' | 'h5' | 'h6';
      return <Heading>{inlines(block.children, context)}</Heading>;
    }
    case 'quote':
      return (
        <blockquote>
          <Blocks blocks={block.children} context={context} />
        </blockquote>
      );
    case 'list':
      return <ListPart list={block} context={context} />;
    case 'table':
      return <TablePart table={block} context={context} />;
    case 'rule':
      return <hr />;
  }
}

function ListPart({ list, context }: { readonly list: Extract<Block, { type: 'list' }>; readonly context: BodyContext }) {
  const items = inOrder(list.items, (item) => (
    <li>
      {list.tight ? inOrder(item, (block) => <TightPart block={block} context={context} />) : <Blocks blocks={item} context={context} />}
    </li>
  ));
  const className = list.tight ? 'tight' : undefined;
  return list.ordered ? (
    <ol className={className} start={list.start === 1 ? undefined : list.start}>
      {items}
    </ol>
  ) : (
    <ul className={className}>{items}</ul>
  );
}

/** In a tight list a paragraph is just its words (CommonMark §5.3). */
const TightPart = ({ block, context }: { readonly block: Block; readonly context: BodyContext }): ReactNode =>
  block.type === 'paragraph' ? inlines(block.children, context) : <BlockPart block={block} context={context} />;

function TablePart({ table, context }: { readonly table: Extract<Block, { type: 'table' }>; readonly context: BodyContext }) {
  const align = (index: number): string | undefined => {
    const alignment = table.alignments[index];
    return alignment === 'centre' || alignment === 'end' ? `align-${alignment}` : undefined;
  };
  const cells = (row: readonly TableCell[], Cell: 'th' | 'td') =>
    inOrder(row, (cell, index) => (
      <Cell className={align(index)} scope={Cell === 'th' ? 'col' : undefined}>
        {inlines(cell, context)}
      </Cell>
    ));
  return (
    <div className="table-scroll">
      <table className="table">
        <thead>
          <tr>{cells(table.header, 'th')}</tr>
        </thead>
        <tbody>
          {inOrder(table.rows, (row) => (
            <tr>{cells(row, 'td')}</tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const inlines = (children: readonly Inline[], context: BodyContext): ReactNode =>
  inOrder(children, (inline, index) => <InlinePart inline={inline} before={children[index - 1]} context={context} />);

interface InlinePartProps {
  readonly inline: Inline;
  readonly before: Inline | undefined;
  readonly context: BodyContext;
}

function InlinePart({ inline, before, context }: InlinePartProps): ReactNode {
  switch (inline.type) {
    case 'text':
      return inline.value;
    case 'emphasis':
      return <em>{inlines(inline.children, context)}</em>;
    case 'strong':
      return <strong>{inlines(inline.children, context)}</strong>;
    case 'superscript':
      return <sup>{inlines(inline.children, context)}</sup>;
    case 'link':
      return (
        <a href={inline.url} rel="nofollow noopener noreferrer">
          {inlines(inline.children, context)}
        </a>
      );
    case 'break':
      return <br />;
    case 'footnote-reference':
      return (
        <sup>
          {beforeMark(before, context.direction)}
          <a id={`${context.prefix}reference-${inline.number}`} href={`#${context.prefix}note-${inline.number}`}>
            {inline.number}
          </a>
        </sup>
      );
  }
}
