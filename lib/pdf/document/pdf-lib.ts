/**
 * The one door to pdf-lib: its object model and the printing of objects. The bundle is one file, which loads in half the time of the
 * package's modules. Its text functions are not let through: they drop the offsets of shaped glyphs.
 */
import type { PDFContext as Context, PDFDict as Dict, PDFObject as Obj, PDFRef as Ref } from 'pdf-lib';
import pdfLib from 'pdf-lib/dist/pdf-lib.min.js';

export type PdfContext = Context;
export type PdfDict = Dict;
export type PdfObject = Obj;

const { PDFContext, PDFHexString, PDFRef, PDFString } = pdfLib;

export const newContext = (): PdfContext => PDFContext.create();
export const refTo = (number: number): Ref => PDFRef.of(number);
export const textString = (text: string): Obj => PDFHexString.fromText(text);
/** Printable ASCII without brackets or backslashes. */
export const asciiString = (text: string): Obj => PDFString.of(text);
