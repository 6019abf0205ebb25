import { z } from 'zod';
import type { Preset, Release } from '../../db/schema/values.ts';
import { presets as presetNames } from '../../db/schema/values.ts';
import type { GivenBlockSettings } from '../block/record.ts';

/**
 * Whether the person who signs for an organisation prints beside it. `never`: the name is kept and nobody is asked; `asked`: only where
 * they ask for it; `offered`: unless they say no.
 */
export const representativeChoices = ['never', 'asked', 'offered'] as const;
export type RepresentativePrinted = (typeof representativeChoices)[number];

/** How one letter gathers and shows names; every field is set by its preset. */
export const policiesSchema = z.object({
  /** Anybody may sign by an address that the coordinator hands around. */
  openLink: z.boolean(),
  /** What makes an organisation's yes count: its representative's word and role, or a coordinator's look. */
  authority: z.enum(['declared', 'approved']),
  /** A person's entry stands in the list once the address is proved, or once a coordinator has looked. */
  listed: z.enum(['on-confirmation', 'on-approval']),
  /** Letters of before the choice of three hold a yes or no. */
  representativePrinted: z.preprocess(
    (stored) => (typeof stored === 'boolean' ? (stored ? 'offered' : 'asked') : stored),
    z.enum(representativeChoices),
  ),
  /** When the letter goes out to everybody. */
  publicAt: z.enum(['opening', 'delivery', 'by-hand']),
  /** Names of a letter that is not out yet: shown to who was invited, or only counted. */
  beforeRelease: z.enum(['shown', 'counted']),
  /** Mails name the letter, or say no more than that there is one. */
  mails: z.enum(['named', 'neutral']),
  /** The coordinator is named to signatories, or the coalition only. */
  coordinator: z.enum(['named', 'coalition']),
  /** Days before the deadline. */
  reminders: z.array(z.number().int().positive()).readonly(),
  /** Days that addresses are kept after the close. */
  addressesKept: z.number().int().positive(),
});
export type Policies = z.infer<typeof policiesSchema>;

/** The policies of a stored letter. */
export const policiesOf = (stored: unknown): Policies => policiesSchema.parse(stored);

export interface PresetSettings {
  readonly release: Release;
  readonly policies: Policies;
  readonly block: GivenBlockSettings;
  /** False where something it needs is not built yet: the reason stands beside the choice (`letters.preset.<name>.not-yet`). */
  readonly offered: boolean;
}

export const presetSettings: Readonly<Record<Preset, PresetSettings>> = {
  'coalition-letter': {
    release: 'invited-only',
    offered: true,
    policies: {
      openLink: false,
      authority: 'declared',
      listed: 'on-confirmation',
      representativePrinted: 'asked',
      publicAt: 'delivery',
      beforeRelease: 'shown',
      mails: 'named',
      coordinator: 'named',
      reminders: [3, 1],
      addressesKept: 30,
    },
    block: { organisations: { order: 'alphabetical' } },
  },
  'open-letter': {
    release: 'public',
    offered: true,
    policies: {
      openLink: true,
      authority: 'approved',
      listed: 'on-confirmation',
      representativePrinted: 'offered',
      publicAt: 'opening',
      beforeRelease: 'shown',
      mails: 'named',
      coordinator: 'named',
      reminders: [3, 1],
      addressesKept: 30,
    },
    block: { organisations: { order: 'alphabetical' }, personal: { order: 'family-name', form: 'line', columns: 2 } },
  },
  'people-at-risk': {
    release: 'invited-only',
    // Needs retention and erasure: until they are in, the promise could not be kept.
    offered: false,
    policies: {
      openLink: false,
      authority: 'approved',
      listed: 'on-approval',
      representativePrinted: 'never',
      publicAt: 'by-hand',
      beforeRelease: 'counted',
      mails: 'neutral',
      coordinator: 'coalition',
      reminders: [],
      addressesKept: 3,
    },
    block: { organisations: { order: 'alphabetical' }, personal: { order: 'family-name' } },
  },
};

/** What a letter was set to where its preset says otherwise; undefined where it does as its preset does. */
export function ownRepresentativePrinted(letter: {
  readonly preset: Preset;
  readonly policies: unknown;
}): RepresentativePrinted | undefined {
  const { representativePrinted } = policiesOf(letter.policies);
  return representativePrinted === presetSettings[letter.preset].policies.representativePrinted ? undefined : representativePrinted;
}

export const offeredPresets: readonly Preset[] = presetNames.filter((name) => presetSettings[name].offered);
export const isOffered = (name: Preset): boolean => presetSettings[name].offered;
