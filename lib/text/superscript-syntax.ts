/**
 * Superscript in Markdown, `23^rd^`: between two carets up to 40 characters without white space. A backslash escapes, a character
 * reference stands for its character, and nothing else is marked up inside.
 */
import type { Literal } from 'mdast';
import type { Extension as FromMarkdownExtension } from 'mdast-util-from-markdown';
import type { Code, Extension, State, Tokenizer } from 'micromark-util-types';

export interface Superscript extends Literal {
  type: 'superscript';
}

declare module 'micromark-util-types' {
  interface TokenTypeMap {
    superscript: 'superscript';
    superscriptMarker: 'superscriptMarker';
    superscriptText: 'superscriptText';
  }
}
declare module 'mdast' {
  interface PhrasingContentMap {
    superscript: Superscript;
  }
  interface RootContentMap {
    superscript: Superscript;
  }
}

const CARET = 94;
const BACKSLASH = 92;
const LENGTH_LIMIT = 40;

/** Line endings and virtual spaces are negative codes here; null is the end of the text. */
const isWhiteSpace = (code: Code): boolean => code === null || code < 0 || code === 32;

const tokenizeSuperscript: Tokenizer = (effects, ok, nok) => {
  let length = 0;

  const open: State = (code) => {
    effects.enter('superscript');
    effects.enter('superscriptMarker');
    effects.consume(code);
    effects.exit('superscriptMarker');
    return first;
  };
  const first: State = (code) => {
    if (code === CARET || isWhiteSpace(code)) return nok(code);
    effects.enter('superscriptText');
    effects.enter('chunkString', { contentType: 'string' });
    return inside(code);
  };
  const inside: State = (code) => {
    if (code === CARET) return close(code);
    if (isWhiteSpace(code) || ++length > LENGTH_LIMIT) return nok(code);
    effects.consume(code);
    return code === BACKSLASH ? escaped : inside;
  };
  const escaped: State = (code) => {
    if (code !== CARET && code !== BACKSLASH) return inside(code);
    length++;
    effects.consume(code);
    return inside;
  };
  const close = (code: Code): State | undefined => {
    effects.exit('chunkString');
    effects.exit('superscriptText');
    effects.enter('superscriptMarker');
    effects.consume(code);
    effects.exit('superscriptMarker');
    effects.exit('superscript');
    return ok;
  };
  return open;
};

export const superscriptSyntax: Extension = {
  text: { [CARET]: { name: 'superscript', tokenize: tokenizeSuperscript } },
};

export const superscriptFromMarkdown: FromMarkdownExtension = {
  enter: {
    superscript(token) {
      this.enter({ type: 'superscript', value: '' }, token);
      this.buffer();
    },
  },
  exit: {
    superscript(token) {
      const value = this.resume();
      const node = this.stack[this.stack.length - 1];
      if (node !== undefined && node.type === 'superscript') node.value = value;
      this.exit(token);
    },
  },
};
