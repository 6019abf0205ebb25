import { IntlMessageFormat } from 'intl-messageformat';

type Ast = ReturnType<IntlMessageFormat['getAst']>;

const PLAIN = 'aceinosuyzACEINOSUYZ';
const ACCENTED = 'áçéíñóšúýžÁÇÉÍÑÓŠÚÝŽ';

/** An ICU message in pseudo-English: its words accented and a third longer, placeholders, tags and plural rules as they were. */
export const pseudoMessage = (message: string): Ast => changed(new IntlMessageFormat(message, 'en').getAst());

function changed(ast: Ast): Ast {
  return ast.map((element) => {
    if ('options' in element) {
      const options = Object.entries(element.options).map(([name, option]) => [name, { ...option, value: changed(option.value) }]);
      return { ...element, options: Object.fromEntries(options) } as typeof element;
    }
    if ('children' in element) return { ...element, children: changed(element.children) };
    return element.type === LITERAL ? { ...element, value: accented(element.value) } : element;
  });
}

/** `TYPE.literal` of the parser, whose own module is not a dependency of ours. */
const LITERAL = 0;

const accented = (words: string): string =>
  words.replace(/[A-Za-z]+/g, (word) => {
    const letters = [...word].map((letter) => ACCENTED[PLAIN.indexOf(letter)] ?? letter);
    return letters.join('') + '·'.repeat(Math.floor(word.length / 3));
  });
