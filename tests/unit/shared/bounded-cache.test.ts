import { describe, expect, it } from 'vitest';
import { BoundedCache } from '../../../lib/shared/bounded-cache.ts';

describe('a bounded cache', () => {
  it('gives a value for the very version it was made from, and forgets one of another', () => {
    const cache = new BoundedCache<string>(10);
    cache.set('letter', '1', 'first', 4);
    expect(cache.get('letter', '1')).toBe('first');
    expect(cache.get('letter', '2')).toBeUndefined();
    expect(cache.get('letter', '1'), 'an old version is not kept').toBeUndefined();
    expect(cache.size).toBe(0);
  });

  it('drops what was asked for longest ago, and takes nothing larger than itself', () => {
    const cache = new BoundedCache<string>(10);
    cache.set('one', '1', 'one', 4);
    cache.set('two', '1', 'two', 4);
    cache.get('one', '1');
    cache.set('three', '1', 'three', 4);
    expect([cache.get('one', '1'), cache.get('two', '1'), cache.get('three', '1')]).toEqual(['one', undefined, 'three']);
    cache.set('whole', '1', 'whole', 11);
    expect(cache.get('whole', '1')).toBeUndefined();
    expect(cache.size).toBe(8);
  });

  it('counts a value once, whatever size it is given later', () => {
    const cache = new BoundedCache<object>(10);
    const value = {};
    cache.set('one', '1', value, 1);
    cache.set('one', '2', value, 3);
    cache.resize('one', value, 9);
    expect(cache.size).toBe(9);
    expect(cache.get('one', '2')).toBe(value);
    cache.resize('one', value, 11);
    expect([cache.get('one', '2'), cache.size]).toEqual([undefined, 0]);
  });

  it('leaves a value alone that has taken the place of another', () => {
    const cache = new BoundedCache<object>(10);
    const [old, fresh] = [{}, {}];
    cache.set('one', '1', old, 1);
    cache.set('one', '2', fresh, 2);
    cache.delete('one', old);
    cache.resize('one', old, 5);
    expect([cache.get('one', '2'), cache.size]).toEqual([fresh, 2]);
    cache.delete('one', fresh);
    expect(cache.size).toBe(0);
  });
});
