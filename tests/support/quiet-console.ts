import { afterEach, beforeEach, expect, vi } from 'vitest';
import { seedProperties } from './property.ts';

// Unexpected output is a warning nobody reads: it fails the test that made it. A test that expects some spies on console itself.
const METHODS = ['log', 'info', 'warn', 'error', 'debug'] as const;

const printed: string[] = [];

beforeEach(() => {
  printed.length = 0;
  for (const method of METHODS) {
    vi.spyOn(console, method).mockImplementation((...words: unknown[]) => {
      printed.push(`console.${method}: ${words.map(String).join(' ')}`);
    });
  }
});

afterEach(() => {
  vi.restoreAllMocks();
  expect(printed, 'unexpected console output').toEqual([]);
});

seedProperties();
