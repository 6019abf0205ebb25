/** The few words the page itself says, in the letter's language. `{n}` and `{m}` are page numbers; the total always comes last. */
export interface Phrases {
  readonly page: string;
  readonly to: string;
  readonly cc: string;
  readonly re: string;
  readonly draft: string;
  /** `{date}` and `{time}` of the state printed. */
  readonly notFinal: string;
  readonly fingerprint: string;
  readonly authentic: string;
  /** `{language}`: the name of the authentic language. */
  readonly translation: string;
  readonly notes: string;
}

const ENGLISH: Phrases = {
  page: 'Page {n} of {m}',
  to: 'To:',
  cc: 'cc:',
  re: 'Re:',
  draft: 'Draft',
  notFinal: 'As of {date} – not final',
  fingerprint: 'Fingerprint (SHA-256)',
  authentic: 'Authentic text',
  translation: 'Translation; the authentic text is in {language}',
  notes: 'Notes',
};

const PHRASES: Readonly<Record<string, Phrases>> = {
  en: ENGLISH,
  fr: {
    page: 'Page {n} sur {m}',
    to: 'À :',
    cc: 'cc :',
    re: 'Objet :',
    draft: 'Projet',
    notFinal: 'État au {date} – non définitif',
    fingerprint: 'Empreinte (SHA-256)',
    authentic: 'Texte faisant foi',
    translation: 'Traduction ; le texte faisant foi est en {language}',
    notes: 'Notes',
  },
  de: {
    page: 'Seite {n} von {m}',
    to: 'An:',
    cc: 'cc:',
    re: 'Betreff:',
    draft: 'Entwurf',
    notFinal: 'Stand: {date} – nicht endgültig',
    fingerprint: 'Fingerabdruck (SHA-256)',
    authentic: 'Verbindlicher Text',
    translation: 'Übersetzung; verbindlich ist der Text auf {language}',
    notes: 'Anmerkungen',
  },
  es: {
    page: 'Página {n} de {m}',
    to: 'A:',
    cc: 'cc:',
    re: 'Asunto:',
    draft: 'Borrador',
    notFinal: 'Estado a {date} – no definitivo',
    fingerprint: 'Huella digital (SHA-256)',
    authentic: 'Texto auténtico',
    translation: 'Traducción; el texto auténtico está en {language}',
    notes: 'Notas',
  },
  pt: {
    page: 'Página {n} de {m}',
    to: 'Para:',
    cc: 'cc:',
    re: 'Assunto:',
    draft: 'Rascunho',
    notFinal: 'Em {date} – não definitivo',
    fingerprint: 'Impressão digital (SHA-256)',
    authentic: 'Texto autêntico',
    translation: 'Tradução; o texto autêntico está em {language}',
    notes: 'Notas',
  },
  it: {
    page: 'Pagina {n} di {m}',
    to: 'A:',
    cc: 'cc:',
    re: 'Oggetto:',
    draft: 'Bozza',
    notFinal: 'Al {date} – non definitivo',
    fingerprint: 'Impronta (SHA-256)',
    authentic: 'Testo autentico',
    translation: 'Traduzione; il testo autentico è in {language}',
    notes: 'Note',
  },
  ru: {
    page: 'Страница {n} из {m}',
    to: 'Кому:',
    cc: 'Копия:',
    re: 'Тема:',
    draft: 'Проект',
    notFinal: 'По состоянию на {date} – не окончательно',
    fingerprint: 'Отпечаток (SHA-256)',
    authentic: 'Аутентичный текст',
    translation: 'Перевод; язык аутентичного текста: {language}',
    notes: 'Примечания',
  },
  uk: {
    page: 'Сторінка {n} з {m}',
    to: 'Кому:',
    cc: 'Копія:',
    re: 'Тема:',
    draft: 'Проєкт',
    notFinal: 'Станом на {date} – не остаточно',
    fingerprint: 'Відбиток (SHA-256)',
    authentic: 'Автентичний текст',
    translation: 'Переклад; мова автентичного тексту: {language}',
    notes: 'Примітки',
  },
  el: {
    page: 'Σελίδα {n} από {m}',
    to: 'Προς:',
    cc: 'Κοιν.:',
    re: 'Θέμα:',
    draft: 'Σχέδιο',
    notFinal: 'Κατάσταση στις {date} – μη οριστικό',
    fingerprint: 'Αποτύπωμα (SHA-256)',
    authentic: 'Αυθεντικό κείμενο',
    translation: 'Μετάφραση· γλώσσα του αυθεντικού κειμένου: {language}',
    notes: 'Σημειώσεις',
  },
  fa: {
    page: 'صفحهٔ {n} از {m}',
    to: 'به:',
    cc: 'رونوشت:',
    re: 'موضوع:',
    draft: 'پیش‌نویس',
    notFinal: 'وضعیت در {date} – غیرنهایی',
    fingerprint: 'اثر انگشت (SHA-256)',
    authentic: 'متن معتبر',
    translation: 'ترجمه؛ زبان متن معتبر: {language}',
    notes: 'یادداشت‌ها',
  },
  ar: {
    page: 'صفحة {n} من {m}',
    to: 'إلى:',
    cc: 'نسخة إلى:',
    re: 'الموضوع:',
    draft: 'مسودة',
    notFinal: 'الحالة في {date} – غير نهائية',
    fingerprint: 'البصمة (SHA-256)',
    authentic: 'النص الأصلي المعتمد',
    translation: 'ترجمة؛ لغة النص المعتمد: {language}',
    notes: 'ملاحظات',
  },
  he: {
    page: 'עמוד {n} מתוך {m}',
    to: 'אל:',
    cc: 'העתק:',
    re: 'הנדון:',
    draft: 'טיוטה',
    notFinal: 'נכון ל-{date} – לא סופי',
    fingerprint: 'טביעת אצבע (SHA-256)',
    authentic: 'הנוסח המחייב',
    translation: 'תרגום; שפת הנוסח המחייב: {language}',
    notes: 'הערות',
  },
};

const PLAIN_NUMBERS = '{n} / {m}';

export function phrasesFor(language: string): Phrases {
  const base = language.split('-')[0]?.toLowerCase() ?? 'en';
  // In a language that is not in the list, English words beside numbers that need none.
  return PHRASES[base] ?? { ...ENGLISH, page: PLAIN_NUMBERS };
}

const numberFormats = new Map<string, Intl.NumberFormat>();

/** A number in the digits of the language, ungrouped. */
export function localNumber(language: string, value: number): string {
  let format = numberFormats.get(language);
  if (format === undefined) {
    format = new Intl.NumberFormat(language, { useGrouping: false });
    numberFormats.set(language, format);
  }
  return format.format(value);
}

/** A calendar date (`2007-05-02`) in long form. */
export function localDate(language: string, date: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`));
}
