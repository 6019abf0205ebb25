import { describe, expect, it } from 'vitest';
import { letterStatuses, roles } from '../../../db/schema/values.ts';
import { offeredActs } from '../../../lib/letters/offered-acts.ts';
import { isPublic, releaseChoiceOf } from '../../../lib/letters/release.ts';

/** Written by hand from the table of a letter's life and from that of who may do what. */
const BY_STATUS = {
  draft: ['comment', 'consult', 'open'],
  consultation: ['comment', 'end-consultation', 'open'],
  open: ['close', 'schedule', 'release', 'hide', 'withdraw'],
  closed: ['reopen', 'schedule', 'deliver', 'release', 'hide', 'withdraw'],
  delivered: ['release', 'hide', 'withdraw'],
  withdrawn: ['replace'],
} as const;

describe('what a letter’s desk offers', () => {
  it.each(letterStatuses)('%s', (status) => {
    const standing = { status, namesHidden: false, replacedBy: null };
    for (const role of roles) {
      const expected = BY_STATUS[status].filter((act) => {
        if (role === 'owner' || role === 'coordinator') return true;
        return role === 'drafter' && act === 'comment';
      });
      expect({ role, acts: [...offeredActs(standing, role)].sort() }).toEqual({ role, acts: [...expected].sort() });
    }
  });

  it('offers to show what is hidden, and no second replacement', () => {
    const hidden = offeredActs({ status: 'open', namesHidden: true, replacedBy: null }, 'owner');
    expect([hidden.has('hide'), hidden.has('show')]).toEqual([false, true]);
    expect(offeredActs({ status: 'withdrawn', namesHidden: false, replacedBy: 'let_x' }, 'owner').size).toBe(0);
  });
});

describe('who may read a letter', () => {
  const now = new Date('2026-03-02T10:00:00Z');
  const at = (hours: number) => new Date(now.getTime() + hours * 3_600_000);
  const letter = { status: 'open', release: 'invited-only', releaseAt: null, publicAt: 'by-hand' } as const;

  it('is everybody from the very moment on, whatever a job has written', () => {
    expect(isPublic({ ...letter, releaseAt: at(1) }, now)).toBe(false);
    expect(isPublic({ ...letter, releaseAt: at(1) }, at(1))).toBe(true);
    expect(isPublic({ ...letter, release: 'public' }, now)).toBe(true);
  });

  it('is never everybody of a draft or of a withdrawn letter', () => {
    for (const status of ['draft', 'consultation', 'withdrawn'] as const) {
      expect(isPublic({ status, release: 'public', releaseAt: at(-1) }, now)).toBe(false);
    }
  });

  it('is told by the choice that was made', () => {
    expect(releaseChoiceOf(letter, now)).toBe('invited-only');
    expect(releaseChoiceOf({ ...letter, publicAt: 'delivery' }, now)).toBe('delivery');
    expect(releaseChoiceOf({ ...letter, releaseAt: at(1) }, now)).toBe('at');
    expect(releaseChoiceOf({ ...letter, releaseAt: at(1) }, at(2))).toBe('now');
  });
});
