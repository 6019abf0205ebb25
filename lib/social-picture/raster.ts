export interface Rgb {
  readonly red: number;
  readonly green: number;
  readonly blue: number;
}

/** A picture of pixels, on which outlines are filled with even edges. Eight bits a sample, three samples a pixel. */
export class Raster {
  readonly width: number;
  readonly height: number;
  readonly pixels: Buffer;
  /** For each pixel, by how much the share of it that is covered changes against its left neighbour. */
  readonly #changes: Float32Array;

  constructor(width: number, height: number, { red, green, blue }: Rgb) {
    this.width = width;
    this.height = height;
    this.pixels = Buffer.alloc(width * height * 3);
    for (let at = 0; at < this.pixels.length; at += 3) this.pixels.set([red, green, blue], at);
    this.#changes = new Float32Array(width * height + 2);
  }

  /** One edge of an outline, in pixels from the top left. Outlines are closed: every edge has others that end it. */
  edge(x0: number, y0: number, x1: number, y1: number): void {
    if (y0 === y1) return;
    const [sign, left, top, right, bottom] = y0 < y1 ? [1, x0, y0, x1, y1] : [-1, x1, y1, x0, y0];
    const slope = (right - left) / (bottom - top);
    const first = Math.max(0, Math.floor(top));
    const last = Math.min(this.height, Math.ceil(bottom));
    for (let row = first; row < last; row++) {
      const from = Math.max(row, top);
      const to = Math.min(row + 1, bottom);
      const xFrom = left + (from - top) * slope;
      this.#cover(row, sign * (to - from), xFrom, xFrom + (to - from) * slope);
    }
  }

  /** The part of an edge in one row of pixels: how much of the row's height it takes, and between which columns it runs. */
  #cover(row: number, height: number, xFrom: number, xTo: number): void {
    const low = clamp(Math.min(xFrom, xTo), this.width);
    const high = clamp(Math.max(xFrom, xTo), this.width);
    const at = row * this.width;
    const first = Math.floor(low);
    const last = Math.ceil(high);
    if (last <= first + 1) {
      // Within one pixel: what is right of the edge is covered.
      const middle = (low + high) / 2 - first;
      this.#add(at + first, height * (1 - middle));
      this.#add(at + first + 1, height * middle);
      return;
    }
    // Over several: the covered share of each is a triangle at the ends and a trapezium between.
    const perPixel = height / (high - low);
    const shareLeftOf = (x: number): number => Math.min(Math.max(x - low, 0), high - low);
    let covered = 0;
    for (let column = first; column <= last; column++) {
      const [here, next] = [shareLeftOf(column), shareLeftOf(column + 1)];
      // The mean of what lies left of the edge over this pixel.
      const inside = next - here;
      const mean = here + inside * (column + 1 - (Math.max(column, low) + Math.min(column + 1, high)) / 2);
      const share = column >= last ? high - low : mean;
      this.#add(at + column, perPixel * (share - covered));
      covered = share;
    }
  }

  #add(at: number, change: number): void {
    this.#changes[at] = (this.#changes[at] ?? 0) + change;
  }

  /** Fills everything inside the edges given since the last call. */
  fill(colour: Rgb): void {
    const samples = [colour.red, colour.green, colour.blue];
    for (let row = 0; row < this.height; row++) {
      let sum = 0;
      const start = row * this.width;
      for (let column = 0; column < this.width; column++) {
        sum += this.#changes[start + column] ?? 0;
        const share = Math.min(Math.abs(sum), 1);
        if (share < 0.004) continue;
        const pixel = (start + column) * 3;
        for (const [index, sample] of samples.entries()) {
          const below = this.pixels[pixel + index] ?? 0;
          this.pixels[pixel + index] = Math.round(below + (sample - below) * share);
        }
      }
    }
    this.#changes.fill(0);
  }

  box(x: number, y: number, width: number, height: number, colour: Rgb): void {
    this.edge(x, y, x, y + height);
    this.edge(x + width, y + height, x + width, y);
    this.fill(colour);
  }
}

const clamp = (value: number, most: number): number => Math.min(Math.max(value, 0), most - 1);
