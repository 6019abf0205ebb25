import { describe, expect, it } from 'vitest';
import { presets } from '../../../db/schema/values.ts';
import { nextStepOf } from '../../../lib/letters/next-step.ts';
import { policiesSchema, presetSettings } from '../../../lib/letters/presets.ts';

const now = new Date('2026-03-02T10:00:00Z');
const soon = new Date('2026-03-09T10:00:00Z');
const past = new Date('2026-03-01T10:00:00Z');

describe('the next step', () => {
  it.each([
    [{ status: 'draft', written: false, deadlineAt: soon, signatures: 0 }, 'write'],
    [{ status: 'draft', written: true, deadlineAt: null, signatures: 0 }, 'set-deadline'],
    [{ status: 'consultation', written: true, deadlineAt: past, signatures: 0 }, 'set-deadline'],
    [{ status: 'draft', written: true, deadlineAt: soon, signatures: 0 }, 'freeze'],
    [{ status: 'open', written: true, deadlineAt: soon, signatures: 0 }, 'invite'],
    [{ status: 'open', written: true, deadlineAt: soon, signatures: 3 }, 'gather'],
    [{ status: 'open', written: true, deadlineAt: now, signatures: 3 }, 'close'],
    [{ status: 'closed', written: true, deadlineAt: past, signatures: 3 }, 'deliver'],
    [{ status: 'delivered', written: true, deadlineAt: past, signatures: 3 }, 'done'],
    [{ status: 'withdrawn', written: true, deadlineAt: past, signatures: 3 }, 'withdrawn'],
  ] as const)('of %j is %s', (facts, step) => {
    expect(nextStepOf(facts, now)).toBe(step);
  });
});

describe('presets', () => {
  it('set every policy, and offer no promise that cannot be kept yet', () => {
    for (const name of presets) expect(policiesSchema.parse(presetSettings[name].policies)).toEqual(presetSettings[name].policies);
    expect(presetSettings['people-at-risk'].offered).toBe(false);
    expect(presetSettings['coalition-letter'].release).toBe('invited-only');
  });
});
