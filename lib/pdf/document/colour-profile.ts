/**
 * An sRGB profile (ICC 2.1, matrix and tone curve) built from the figures of IEC 61966-2-1, so that no file of unclear licence has to be
 * carried. The primaries are those of the standard adapted to D50 by the Bradford transform.
 */
const CURVE_POINTS = 1024;

const fixed = (value: number): number => Math.round(value * 65536);

function xyz(x: number, y: number, z: number): Buffer {
  const tag = Buffer.alloc(20);
  tag.write('XYZ ', 0, 'latin1');
  for (const [index, value] of [x, y, z].entries()) tag.writeInt32BE(fixed(value), 8 + 4 * index);
  return tag;
}

function description(text: string): Buffer {
  const tag = Buffer.alloc(12 + text.length + 1 + 8 + 3 + 67);
  tag.write('desc', 0, 'latin1');
  tag.writeUInt32BE(text.length + 1, 8);
  tag.write(text, 12, 'latin1');
  return tag;
}

function copyright(text: string): Buffer {
  const tag = Buffer.alloc(8 + text.length + 1);
  tag.write('text', 0, 'latin1');
  tag.write(text, 8, 'latin1');
  return tag;
}

function toneCurve(): Buffer {
  const tag = Buffer.alloc(12 + CURVE_POINTS * 2);
  tag.write('curv', 0, 'latin1');
  tag.writeUInt32BE(CURVE_POINTS, 8);
  for (let index = 0; index < CURVE_POINTS; index++) {
    const value = index / (CURVE_POINTS - 1);
    const linear = value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    tag.writeUInt16BE(Math.round(linear * 65535), 12 + 2 * index);
  }
  return tag;
}

export function sRgbProfile(): Buffer {
  const curve = toneCurve();
  const tags: readonly (readonly [string, Buffer])[] = [
    ['desc', description('sRGB IEC61966-2.1')],
    ['cprt', copyright('No copyright, use freely')],
    ['wtpt', xyz(0.9642, 1, 0.8249)],
    ['rXYZ', xyz(0.43607, 0.22249, 0.01392)],
    ['gXYZ', xyz(0.38515, 0.71687, 0.09708)],
    ['bXYZ', xyz(0.14307, 0.06061, 0.7141)],
    ['rTRC', curve],
    ['gTRC', curve],
    ['bTRC', curve],
  ];
  const table = Buffer.alloc(4 + tags.length * 12);
  table.writeUInt32BE(tags.length);
  const placed = new Map<Buffer, number>();
  const data: Buffer[] = [];
  let at = 128 + table.length;
  for (const [index, [name, tag]] of tags.entries()) {
    let start = placed.get(tag);
    if (start === undefined) {
      start = at;
      placed.set(tag, start);
      const padded = Buffer.concat([tag, Buffer.alloc((4 - (tag.length % 4)) % 4)]);
      data.push(padded);
      at += padded.length;
    }
    table.write(name, 4 + 12 * index, 'latin1');
    table.writeUInt32BE(start, 8 + 12 * index);
    table.writeUInt32BE(tag.length, 12 + 12 * index);
  }
  const header = Buffer.alloc(128);
  header.writeUInt32BE(at, 0);
  header.writeUInt32BE(0x02100000, 8);
  header.write('mntrRGB XYZ ', 12, 'latin1');
  // A date is required; the standard's own keeps the bytes the same.
  for (const [index, value] of [1999, 10, 18, 0, 0, 0].entries()) header.writeUInt16BE(value, 24 + 2 * index);
  header.write('acsp', 36, 'latin1');
  for (const [index, value] of [0.9642, 1, 0.8249].entries()) header.writeInt32BE(fixed(value), 68 + 4 * index);
  return Buffer.concat([header, table, ...data]);
}
