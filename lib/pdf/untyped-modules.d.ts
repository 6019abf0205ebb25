declare module 'linebreak' {
  /** UAX #14 break opportunities of a string, in order. */
  export default class LineBreaker {
    constructor(text: string);
    /** `position` is a UTF-16 index; `required` marks a hard break. Null at the end. */
    nextBreak(): { readonly position: number; readonly required?: boolean } | null;
  }
}

declare module 'pdf-lib/dist/pdf-lib.min.js' {
  import * as pdfLib from 'pdf-lib';
  export default pdfLib;
}
