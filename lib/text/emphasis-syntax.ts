/**
 * Emphasis as CommonMark has it, but for `*` beside Chinese, Japanese and Korean. CommonMark tells a mark that opens from one that closes
 * by the spaces around it, which these scripts don't have: `**「自由」**を` would print its asterisks. So their punctuation counts as a
 * letter, and one of their characters outside a mark counts as a space would.
 */
import { attention } from 'micromark-core-commonmark';
import type { Code, Extension, State, Tokenizer } from 'micromark-util-types';

const ASTERISK = 42;
const WIDE = /[\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Bopomofo}\p{Script=Hangul}\u3000-\u303F\uFF01-\uFF60\uFFE0-\uFFE6]/u;
const MARK = /[\p{P}\p{S}]/u;

type Class = 'space' | 'mark' | 'letter';

/** Codes are UTF-16 units; line endings and virtual spaces are negative, null is an end. */
const characterOf = (code: Code): string => (code === null || code < 0 ? ' ' : String.fromCharCode(code));
const isWide = (code: Code): boolean => !/\s/u.test(characterOf(code)) && WIDE.test(characterOf(code));

function classOf(code: Code): Class {
  const character = characterOf(code);
  if (/\s/u.test(character)) return 'space';
  return MARK.test(character) && !WIDE.test(character) ? 'mark' : 'letter';
}

const tokenizeEmphasis: Tokenizer = function (effects, ok) {
  const { previous } = this;
  const before = classOf(previous);

  const start: State = (code) => {
    effects.enter('attentionSequence');
    return inside(code);
  };
  const inside: State = (code) => {
    if (code === ASTERISK) {
      effects.consume(code);
      return inside;
    }
    const token = effects.exit('attentionSequence');
    const after = classOf(code);
    token._open = after === 'letter' || (after === 'mark' && (before !== 'letter' || isWide(previous)));
    token._close = before === 'letter' || (before === 'mark' && (after !== 'letter' || isWide(code)));
    return ok(code);
  };
  return start;
};

/** Goes with the syntax extensions of the parser, in place of its own `*`; `_` stays as it is. */
export const emphasisSyntax: Extension = {
  text: { [ASTERISK]: { ...attention, name: 'attention', tokenize: tokenizeEmphasis } },
};
