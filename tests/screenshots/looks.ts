/** One way to look at a page. `rtl`: the pseudo-locale at the desk, Persian where signatories and readers are. */
export interface Look {
  readonly width: '360' | '1280';
  readonly scheme: 'light' | 'dark';
  readonly direction: 'ltr' | 'rtl';
}

export const looks: readonly Look[] = (['360', '1280'] as const).flatMap((width) =>
  (['light', 'dark'] as const).flatMap((scheme) => (['ltr', 'rtl'] as const).map((direction) => ({ width, scheme, direction }))),
);

export const lookName = ({ width, scheme, direction }: Look): string => `${width}-${scheme}-${direction}`;

export interface Asked {
  readonly looks: readonly Look[];
  readonly isAsked: (scene: string) => boolean;
}

const KINDS: readonly (readonly string[])[] = [
  ['360', '1280'],
  ['light', 'dark'],
  ['ltr', 'rtl'],
];

/** Of the words after the command, `360`, `dark`, `rtl` and the like narrow the looks; any other is a part of the names of scenes. */
export function readAsked(words: readonly string[]): Asked {
  const named = KINDS.map((kind) => kind.filter((word) => words.includes(word)));
  const parts = words.filter((word) => !KINDS.flat().includes(word));
  return {
    looks: looks.filter((look) => named.every((kind) => kind.length === 0 || kind.some((word) => Object.values(look).includes(word)))),
    isAsked: (scene) => parts.length === 0 || parts.some((part) => scene.includes(part)),
  };
}
