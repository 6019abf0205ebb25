import { languageDirection } from '../../text/direction.ts';
import { type HanForm, hanFormOfLanguage, homeFamily, type Style } from '../text/families.ts';
import { leadingScript, type Script, scriptOf, scriptOfLanguage } from '../text/scripts.ts';
import { baseFamily, type Setting } from '../text/typesetter.ts';

// Lines of scripts with high or stacked letters need more room: factor on the size.
const LEADING: Partial<Readonly<Record<Script, number>>> = {
  Arab: 1.75,
  Thai: 1.7,
  Deva: 1.7,
  Beng: 1.7,
  Taml: 1.65,
  Hani: 1.65,
  Kana: 1.65,
  Hang: 1.65,
  Syrc: 1.65,
  Thaa: 1.65,
  Nkoo: 1.6,
  Guru: 1.65,
  Gujr: 1.65,
  Orya: 1.7,
  Telu: 1.75,
  Knda: 1.75,
  Mlym: 1.7,
  Sinh: 1.7,
  Tibt: 1.85,
  Laoo: 1.7,
  Khmr: 1.9,
  Mymr: 1.85,
  Lana: 1.85,
  Bali: 1.8,
  Java: 1.9,
  Ethi: 1.6,
};

const voices = new Map<string, Voice>();

export function voiceOf(language: string): Voice {
  let voice = voices.get(language);
  if (voice === undefined) {
    voice = new Voice(language);
    voices.set(language, voice);
  }
  return voice;
}

interface NameSettings {
  readonly regular: Setting;
  readonly bold: Setting;
}

/** How text of one language is set. */
class Voice {
  readonly language: string;
  readonly rightToLeft: boolean;
  readonly leading: number;
  private readonly han: HanForm;
  private readonly settings = new Map<string, Setting>();
  private european: NameSettings | undefined;
  private readonly script: Script;

  constructor(language: string) {
    this.language = language;
    this.script = scriptOfLanguage(language);
    this.rightToLeft = languageDirection(language) === 'rtl';
    this.leading = LEADING[this.script] ?? 1.48;
    this.han = hanFormOfLanguage(language) ?? 'SC';
  }

  setting(style: Style, script: Script = this.script, han: HanForm = this.han): Setting {
    const key = `${style} ${script} ${han}`;
    let setting = this.settings.get(key);
    if (setting === undefined) {
      setting = { style, base: baseFamily(script, han), han, language: this.language };
      this.settings.set(key, setting);
    }
    return setting;
  }

  /** Whether italics tell all of a text from its neighbours: few scripts have any. Those without set emphasis bold, as their printers do. */
  slants(text: string): boolean {
    const scripts = new Set(Array.from(text, (character) => scriptOf(character.codePointAt(0) ?? 0)));
    scripts.delete('Zyyy');
    if (scripts.size === 0) scripts.add(this.script);
    return [...scripts].every((script) => homeFamily(script, this.han)?.weights === 'all');
  }

  /** For a name, whose script may be another than the letter's: kana and hangul say whose Han characters stand beside them. */
  settingsFor(text: string): NameSettings {
    // The way of most names, so without a key to be put together.
    if (EUROPEAN.test(text)) {
      this.european ??= { regular: this.setting('regular', 'Latn'), bold: this.setting('bold', 'Latn') };
      return this.european;
    }
    const han: HanForm = /[\u3040-\u30ff]/.test(text) ? 'JP' : /[\uac00-\ud7af]/.test(text) ? 'KR' : this.han;
    const leading = leadingScript(text);
    const script = leading === 'Zyyy' ? this.script : leading;
    return { regular: this.setting('regular', script, han), bold: this.setting('bold', script, han) };
  }
}

const EUROPEAN = /^[\x20-\u052f\u1e00-\u1fff\u2010-\u2027]*$/;

export type { Voice };
