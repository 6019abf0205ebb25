import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { acceptPicture, measurePicture, PICTURE_LIMITS } from '../../../lib/pictures/picture.ts';
import { blueJpeg, jpegSegment, pngChunk, testJpeg, testPng } from '../../support/pictures.ts';

const SECRET = 'Taken on the upper quay';
const text = Buffer.from(`Comment\0${SECRET}`, 'latin1');

describe('a PNG', () => {
  it('is kept with its pixels and without what was written beside them', () => {
    const plain = testPng();
    const told = testPng({ between: [pngChunk('tEXt', text), pngChunk('eXIf', text)], after: text });
    const accepted = acceptPicture(told);
    expect(accepted).toEqual({ ok: true, value: { mediaType: 'image/png', width: 48, height: 32, bytes: plain } });
    expect(acceptPicture(plain)).toEqual(accepted);
  });

  it('keeps palette and transparency', () => {
    const between = [pngChunk('PLTE', Buffer.alloc(768, 9)), pngChunk('tRNS', Buffer.alloc(256, 3))];
    const picture = testPng({ colourType: 3, between });
    expect(acceptPicture(picture)).toMatchObject({ ok: true, value: { bytes: picture } });
    expect(acceptPicture(testPng({ colourType: 3 }))).toEqual({ ok: false, reason: 'damaged' });
    for (const bytes of [0, 1, 4, 900]) {
      const odd = testPng({ colourType: 3, between: [pngChunk('PLTE', Buffer.alloc(bytes, 9))] });
      expect(acceptPicture(odd)).toEqual({ ok: false, reason: 'damaged' });
    }
  });

  it('is refused where it is too large, too small, sent in passes, cut off, wrong or endless', () => {
    const refused = (sent: Buffer) => {
      const accepted = acceptPicture(sent);
      return accepted.ok ? null : accepted.reason;
    };
    expect(refused(testPng({ width: PICTURE_LIMITS.side + 1 }))).toBe('too-many-pixels');
    expect(refused(testPng({ width: 3_000, height: 2_001, packed: deflateSync(Buffer.alloc(9)) }))).toBe('too-many-pixels');
    expect(refused(testPng({ width: 15 }))).toBe('too-few-pixels');
    expect(refused(testPng({ interlace: 1 }))).toBe('interlaced');
    const good = testPng();
    expect(refused(good.subarray(0, good.length - 13))).toBe('damaged');
    const flipped = Buffer.from(good);
    flipped[60] = (flipped[60] ?? 0) ^ 1;
    expect(refused(flipped)).toBe('damaged');
    expect(refused(testPng({ packed: deflateSync(Buffer.alloc(10_000_000)) }))).toBe('damaged');
    expect(refused(testPng({ packed: deflateSync(Buffer.alloc(100)) }))).toBe('damaged');
  });
});

describe('a JPEG', () => {
  it('is kept without application data and comments, but for the mark of its colours', () => {
    const adobe = jpegSegment(0xee, Buffer.from('Adobe\0d\0\0\0\0\u0001', 'latin1'));
    const extra = [jpegSegment(0xe1, text), jpegSegment(0xfe, text), jpegSegment(0xee, text), adobe];
    const accepted = acceptPicture(Buffer.concat([testJpeg({ extra }), text]));
    expect(accepted).toEqual({ ok: true, value: { mediaType: 'image/jpeg', width: 60, height: 40, bytes: testJpeg({ extra: [adobe] }) } });
  });

  it('that a browser made is taken', () => {
    expect(acceptPicture(blueJpeg())).toMatchObject({ ok: true, value: { width: 24, height: 16 } });
  });

  it('is refused where it is for print, cut off or without a scan', () => {
    expect(acceptPicture(testJpeg({ components: 4 }))).toEqual({ ok: false, reason: 'colours' });
    const whole = testJpeg();
    for (let length = 3; length < whole.length; length++) {
      expect([length, acceptPicture(whole.subarray(0, length))]).toEqual([length, { ok: false, reason: 'damaged' }]);
    }
  });
});

describe('anything else', () => {
  it('is no picture', () => {
    for (const other of ['', 'GIF89a', '<svg xmlns="http://www.w3.org/2000/svg"/>', '%PDF-1.7', 'RIFF....WEBP']) {
      expect(acceptPicture(Buffer.from(other))).toEqual({ ok: false, reason: 'not-a-picture' });
    }
  });

  it('is answered, whatever the bytes are, and never with what was not sent', () => {
    const start = fc.constantFrom(testPng(), testJpeg());
    fc.assert(
      fc.property(start, fc.nat(), fc.uint8Array({ maxLength: 40 }), (picture, at, bytes) => {
        const place = at % picture.length;
        const sent = Buffer.concat([picture.subarray(0, place), bytes, picture.subarray(place + bytes.length)]);
        const accepted = acceptPicture(sent);
        if (accepted.ok) expect(acceptPicture(accepted.value.bytes)).toEqual(accepted);
        if (accepted.ok) expect(measurePicture(accepted.value.bytes)).not.toBeNull();
      }),
    );
  });
});
