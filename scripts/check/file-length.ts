import { type Finding, projectFiles, textOf } from './project-files.ts';

const LONGEST = 400;

/** One idea a file: what grows past 400 lines has at least two. */
export function checkFileLength(): Finding[] {
  return projectFiles()
    .filter((file) => /\.(?:tsx?|m?js|css)$/.test(file))
    .map((file) => ({ file, lines: textOf(file).split('\n').length - 1 }))
    .filter(({ lines }) => lines > LONGEST)
    .map(({ file, lines }) => ({ place: file, advice: `${lines} lines, ${LONGEST} at most: split it by the nouns in it` }));
}
