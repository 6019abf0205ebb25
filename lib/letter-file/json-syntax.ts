const TOKEN =
  /[ \t\r\n]*(?:([{}[\],:])|("(?:[^"\\\p{Cc}]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null))/uy;

type Expecting = 'value' | 'value-or-end' | 'key' | 'key-or-end' | 'colon' | 'comma-or-end' | 'nothing';

/**
 * The line and column (from 1) at which `text` stops being JSON. Only for a text that `JSON.parse` refused: its message names no
 * place for some errors.
 */
export function jsonErrorPlace(text: string): { readonly line: number; readonly column: number } {
  const open: ('{' | '[')[] = [];
  let expecting: Expecting = 'value';
  let at = 0;
  const afterValue = (): Expecting => (open.length === 0 ? 'nothing' : 'comma-or-end');
  for (;;) {
    TOKEN.lastIndex = at;
    const token = TOKEN.exec(text);
    if (token === null) break;
    const [, mark, string] = token;
    const inside = open.at(-1);
    const starts = expecting === 'value' || expecting === 'value-or-end';
    if (mark === undefined) {
      if (string !== undefined && (expecting === 'key' || expecting === 'key-or-end')) expecting = 'colon';
      else if (starts) expecting = afterValue();
      else break;
    } else if (mark === '{' && starts) {
      open.push('{');
      expecting = 'key-or-end';
    } else if (mark === '[' && starts) {
      open.push('[');
      expecting = 'value-or-end';
    } else if (mark === ':' && expecting === 'colon') expecting = 'value';
    else if (mark === ',' && expecting === 'comma-or-end') expecting = inside === '{' ? 'key' : 'value';
    else if (mark === '}' && inside === '{' && (expecting === 'key-or-end' || expecting === 'comma-or-end')) {
      open.pop();
      expecting = afterValue();
    } else if (mark === ']' && inside === '[' && (expecting === 'value-or-end' || expecting === 'comma-or-end')) {
      open.pop();
      expecting = afterValue();
    } else break;
    at = TOKEN.lastIndex;
  }
  const rest = /^[ \t\r\n]*/.exec(text.slice(at))?.[0].length ?? 0;
  const before = text.slice(0, at + rest);
  return { line: before.split('\n').length, column: before.length - before.lastIndexOf('\n') };
}
