import { entryForLanguage } from '../text/language.ts';

/**
 * The few words a document says itself, in the letter's language, whatever renders it. `{n}` and `{m}` are page numbers; the total
 * always comes last.
 */
export interface Phrases {
  readonly page: string;
  readonly to: string;
  readonly cc: string;
  readonly re: string;
  readonly draft: string;
  /** `{date}`: day and time of the state printed. */
  readonly notFinal: string;
  readonly fingerprint: string;
  readonly authentic: string;
  /** `{language}`: the name of the authentic language. */
  readonly translation: string;
  readonly notes: string;
  /** On every page of the addressee's edition. */
  readonly addresseeEdition: string;
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
  addresseeEdition: 'Addressee’s edition – not for publication',
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
    addresseeEdition: 'Exemplaire du destinataire – ne pas publier',
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
    addresseeEdition: 'Exemplar für den Empfänger – nicht zur Veröffentlichung',
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
    addresseeEdition: 'Ejemplar para el destinatario – no publicar',
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
    addresseeEdition: 'Exemplar para o destinatário – não publicar',
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
    addresseeEdition: 'Copia per il destinatario – non pubblicare',
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
    addresseeEdition: 'Экземпляр адресата – не для публикации',
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
    addresseeEdition: 'Примірник адресата – не для оприлюднення',
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
    addresseeEdition: 'Αντίτυπο παραλήπτη – όχι για δημοσίευση',
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
    addresseeEdition: 'نسخهٔ ویژهٔ گیرنده – برای انتشار نیست',
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
    addresseeEdition: 'نسخة المرسل إليه – ليست للنشر',
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
    addresseeEdition: 'עותק לנמען – לא לפרסום',
  },
  tr: {
    page: 'Sayfa {n} / {m}',
    to: 'Kime:',
    cc: 'Bilgi:',
    re: 'Konu:',
    draft: 'Taslak',
    notFinal: '{date} itibarıyla – kesin değil',
    fingerprint: 'Parmak izi (SHA-256)',
    authentic: 'Asıl metin',
    translation: 'Çeviri; asıl metnin dili: {language}',
    notes: 'Notlar',
    addresseeEdition: 'Muhatabın nüshası – yayımlanamaz',
  },
  zh: {
    page: '第{n}页，共{m}页',
    to: '致：',
    cc: '抄送：',
    re: '事由：',
    draft: '草稿',
    notFinal: '截至{date}，非最终版本',
    fingerprint: '指纹（SHA-256）',
    authentic: '作准文本',
    translation: '译文；作准文本语言：{language}',
    notes: '注释',
    addresseeEdition: '收件人专用版本，请勿公布',
  },
  'zh-Hant': {
    page: '第{n}頁，共{m}頁',
    to: '致：',
    cc: '副本：',
    re: '事由：',
    draft: '草稿',
    notFinal: '截至{date}，非最終版本',
    fingerprint: '指紋（SHA-256）',
    authentic: '作準文本',
    translation: '譯文；作準文本語言：{language}',
    notes: '註釋',
    addresseeEdition: '收件人專用版本，請勿公布',
  },
  ja: {
    page: '{n} / {m}',
    to: '宛先：',
    cc: '写し：',
    re: '件名：',
    draft: '草案',
    notFinal: '{date}現在（未確定）',
    fingerprint: 'フィンガープリント（SHA-256）',
    authentic: '正文',
    translation: '翻訳。正文の言語：{language}',
    notes: '注',
    addresseeEdition: '宛先用（公表不可）',
  },
  ko: {
    page: '{n} / {m}쪽',
    to: '받는 이:',
    cc: '참조:',
    re: '제목:',
    draft: '초안',
    notFinal: '{date} 현재 – 확정본 아님',
    fingerprint: '지문(SHA-256)',
    authentic: '정본',
    translation: '번역문. 정본 언어: {language}',
    notes: '주석',
    addresseeEdition: '수신자용 – 공개 금지',
  },
};

const PLAIN_NUMBERS = '{n} / {m}';

export function phrasesFor(language: string): Phrases {
  // In a language that is not in the list, English words beside numbers that need none.
  return entryForLanguage(PHRASES, language) ?? { ...ENGLISH, page: PLAIN_NUMBERS };
}
