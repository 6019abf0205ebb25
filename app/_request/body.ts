import { type Result, refusal, success } from '../../lib/shared/result.ts';

export type BodyFault = 'length-required' | 'too-large' | 'incomplete' | 'unsupported-type' | 'malformed';
export type BodyKind = 'urlencoded' | 'multipart' | 'json';

/** What a form may send under one name; a name sent more than once is a list. */
export type FieldValue = string | File | readonly (string | File)[];
export type Fields = Readonly<Record<string, FieldValue>>;

/**
 * Bytes that every form takes in which something is typed. What is too long for its field is then said at the field, and kept: eight
 * hundred Cyrillic letters in a field for an address are already five thousand bytes.
 */
export const TYPED_FORM_LIMIT = 16_000;

const MOST_FIELDS = 500;

const KINDS: Readonly<Record<string, BodyKind>> = {
  'application/x-www-form-urlencoded': 'urlencoded',
  'multipart/form-data': 'multipart',
  'application/json': 'json',
};

/** What the head says of the body, before a byte of it is read. */
export function checkBodyHead(headers: Headers, limit: number, files: boolean): Result<{ kind: BodyKind; length: number }, BodyFault> {
  const declared = headers.get('content-length');
  if (declared === null || !/^\d{1,15}$/.test(declared)) return refusal('length-required');
  const length = Number(declared);
  if (length > limit) return refusal('too-large');
  const kind = KINDS[(headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase() ?? ''];
  if (kind === undefined || (kind === 'multipart' && !files)) return refusal('unsupported-type');
  return success({ kind, length });
}

/**
 * Reads the body and stops at the limit. The bytes read must be as many as declared: a proxy in front may cut a large body and pass
 * on the rest as if it were whole.
 */
export async function readBytes(
  body: ReadableStream<Uint8Array> | null,
  length: number,
  limit: number,
): Promise<Result<Buffer, BodyFault>> {
  const pieces: Uint8Array[] = [];
  let read = 0;
  if (body) {
    const reader = body.getReader();
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      read += next.value.byteLength;
      if (read > limit) {
        await reader.cancel();
        return refusal('too-large');
      }
      pieces.push(next.value);
    }
  }
  return read === length ? success(Buffer.concat(pieces)) : refusal('incomplete');
}

/** Bytes to what a schema reads: the fields of a form, or any JSON value. */
export async function parseBody(bytes: Buffer, kind: BodyKind, contentType: string): Promise<Result<unknown, BodyFault>> {
  try {
    if (kind === 'multipart') {
      const form = await new Response(new Uint8Array(bytes), { headers: { 'content-type': contentType } }).formData();
      return collect(form.entries());
    }
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return kind === 'json' ? success(JSON.parse(text) as unknown) : collect(new URLSearchParams(text).entries());
  } catch {
    return refusal('malformed');
  }
}

function collect(entries: Iterable<readonly [string, string | File]>): Result<Fields, 'malformed'> {
  const fields = new Map<string, FieldValue>();
  let count = 0;
  for (const [name, sent] of entries) {
    count += 1;
    if (count > MOST_FIELDS) return refusal('malformed');
    // Browsers send the line ends of a textarea as CR LF, whatever was typed.
    const value = typeof sent === 'string' ? sent.replaceAll(/\r\n?/g, '\n') : sent;
    const before = fields.get(name);
    if (before === undefined) fields.set(name, value);
    else fields.set(name, typeof before === 'string' || before instanceof File ? [before, value] : [...before, value]);
  }
  return success(Object.fromEntries(fields));
}
