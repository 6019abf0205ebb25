/** Invented signatories in fourteen scripts, the same for the same count: names are put together from parts and belong to nobody. */
const PARTS: readonly { readonly weight: number; readonly given: readonly string[]; readonly family: readonly string[] }[] = [
  {
    weight: 58,
    given:
      'Mara Jonas Élise Tomás Ágnes Björn Chloé Đorđe Ewa Fionn Güler Hòa İlker Ján Kateřina Łukasz Noémie Öykü Pär Renée Søren Thảo Ute Váli Wim Xènia Yves Zoë'.split(
        ' ',
      ),
    family:
      'Aldermoor Bécourt Czarnolas Dvorska Ekelund Farkasfalvi Grønvold Hasselrot Ibarrola Jansonius Kővári Lindqvall Mørkved Nordahlen Ortúzar Przybysz Quenby Rautamaa Štěpnička Tønnesvik Umbreit Välimaa Wieczorny Yıldızoğlu Žebrauskas Nguyễnhải'.split(
        ' ',
      ),
  },
  {
    weight: 8,
    given: 'Мирослава Остап Ярина Глеб Любава Тихон'.split(' '),
    family: 'Берёзкин Вітренко Грушевич Дубровин Зоряна Криничный'.split(' '),
  },
  { weight: 4, given: 'Ανθή Δάφνη Ηλέκτρα Θάνος Ορφέας'.split(' '), family: 'Ακρωτηρίδης Βαθυκόλπου Γαλανοπούλου Ελαιώνας'.split(' ') },
  { weight: 8, given: 'بهار نرگس آرش سپیده کیان یاسمن'.split(' '), family: 'چشمه‌سار کوهپایه‌ای گلبرگی پیروزنیا ژاله‌پور'.split(' ') },
  { weight: 2, given: 'نور سلمى فارس ليان'.split(' '), family: 'البستاني الحدّادي النهري الزيتوني'.split(' ') },
  { weight: 3, given: 'נועם תמר אילן שירה'.split(' '), family: 'אלוני ברקת כרמלי נחליאל'.split(' ') },
  { weight: 4, given: 'अनन्या ऋत्विक कृष्णा श्रेया'.split(' '), family: 'त्रिवेणी क्षेत्री द्विजेन्द्र वृक्षराज'.split(' ') },
  { weight: 2, given: 'সুমন কৃষ্ণা শ্রাবণী'.split(' '), family: 'নদীয়াল বৃক্ষ চন্দ্রপ্রভা'.split(' ') },
  { weight: 1, given: 'கவின் யாழினி'.split(' '), family: 'ஆற்றங்கரை பூங்குன்றன்'.split(' ') },
  { weight: 2, given: 'สมใจ น้ำทิพย์ กล้า'.split(' '), family: 'ริมน้ำ ป่าใหญ่ ศรีสุข'.split(' ') },
  { weight: 1, given: 'Անուշ Տիգրան'.split(' '), family: 'Գետափնյան Լեռնական'.split(' ') },
  { weight: 1, given: 'ნინო ლევან'.split(' '), family: 'მდინარაძე ველისციხელი'.split(' ') },
  { weight: 3, given: '明 芳 静 伟 丽'.split(' '), family: '河 林 山 石 江'.split(' ') },
  { weight: 2, given: 'はなこ 太郎 さくら'.split(' '), family: '川辺 森山 石田'.split(' ') },
  { weight: 1, given: '민수 지은 하늘'.split(' '), family: '강 숲 들'.split(' ') },
];
const ROLES = ['Professor', 'Director', 'Coordinator', 'Secretary General', 'Researcher', 'Chair of the Board', 'Teacher', 'Nurse'];
const SUBJECTS = ['River', 'Water', 'Forest', 'Harbour', 'Valley', 'Coast', 'Island', 'Mountain', 'Delta', 'Meadow'];
const KINDS = ['Association', 'Institute', 'Council', 'Union', 'Network', 'Foundation', 'Watch', 'Archive'];
const CITIES = ['Riverton', 'Lakeside', 'Nordhaven', 'Altamira', 'Vallombra', 'Steinbruck', 'Porto Sereno', 'Kastri'];
const COUNTRIES = ['Switzerland', 'Ghana', 'Peru', 'Iran', 'Israel', 'India', 'Greece', 'Thailand', 'Norway', 'Japan'];

export interface BenchSignatory {
  readonly capacity: 'organisation' | 'personal';
  readonly name: string;
  readonly role: string;
  readonly organisation: string;
  readonly city: string;
  readonly country: string;
}

/** A multiplicative generator: enough for names, and the same everywhere. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 0x1_0000_0000) * below);
  };
}

const syllable = 'ba ce di fo gu la me ni po ru sa te vi zo'.split(' ');

export function* benchSignatories(count: number): Generator<BenchSignatory> {
  const next = numbers(20_260_502);
  const pick = <Item>(items: readonly Item[]): Item => items[next(items.length)] as Item;
  const total = PARTS.reduce((sum, part) => sum + part.weight, 0);
  for (let index = 0; index < count; index++) {
    let at = next(total);
    const part = PARTS.find(({ weight }) => {
      at -= weight;
      return at < 0;
    });
    if (part === undefined) return;
    // Real lists hold many names that come once: a third of the Latin family names gets syllables of its own.
    const family = pick(part.family) + (part === PARTS[0] && next(3) === 0 ? pick(syllable) + pick(syllable) + pick(syllable) : '');
    yield {
      capacity: next(10) < 6 ? 'organisation' : 'personal',
      name: `${pick(part.given)} ${family}`,
      role: pick(ROLES),
      organisation: `${pick(SUBJECTS)} ${pick(SUBJECTS)} ${pick(KINDS)} ${next(4000)}`,
      city: pick(CITIES),
      country: pick(COUNTRIES),
    };
  }
}

/** The two lines every engine of the bench prints: the first in bold. */
export function benchLines({ capacity, name, role, organisation, city, country }: BenchSignatory): readonly [string, string] {
  return capacity === 'organisation'
    ? [organisation, `${name}, ${role}, ${city}, ${country}`]
    : [name, `${role}, ${organisation}, ${city}, ${country}`];
}
