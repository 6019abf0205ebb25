import { closeSync, openSync, writeSync } from 'node:fs';
import type { Entry } from '../../lib/block/model.ts';
import { renderPdf } from '../../lib/pdf/render.ts';
import { letterDocument, section } from '../support/letter-documents.ts';
import type { EngineArguments } from './measure.ts';
import { benchLines, benchSignatories } from './signatories.ts';

const BATCH = 400;

async function* batches(count: number): AsyncGenerator<readonly Entry[]> {
  let batch: Entry[] = [];
  for (const signatory of benchSignatories(count)) {
    const lines = benchLines(signatory);
    batch.push({ lines, lead: lines[0].length });
    if (batch.length < BATCH) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

export async function runUndersigned({ count, file, tagged }: EngineArguments): Promise<{ pages: number; bytes: number }> {
  const output = openSync(file, 'w');
  const document = letterDocument({
    sections: [section([], { heading: 'Signatories', count, columns: 2, batches: () => batches(count) })],
  });
  let bytes = 0;
  const { pages, missing } = await renderPdf(
    document,
    { page: 'a4', tagged, pdfa: null, blockOnly: false },
    {
      write: (part) => {
        writeSync(output, part);
        bytes += part.length;
      },
    },
  );
  closeSync(output);
  if (missing.length > 0) throw new Error(`no font has ${missing.join(' ')}`);
  return { pages, bytes };
}
