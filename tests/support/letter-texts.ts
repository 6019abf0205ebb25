import type { TypedText } from '../../lib/text/canonical.ts';

/** Invented letters in several scripts; their canonical forms are the golden vectors. */
export const letterTexts: Readonly<Record<string, TypedText>> = {
  english: {
    addressees: [{ name: 'Maren Oldquist', office: 'Minister of Harbours', lines: ['1 Quay Street', 'Port Ellery'] }],
    headline: 'Keep the night ferry  running',
    subtitle: '23^rd^ session of the Harbour Council',
    salutation: 'Dear Minister,',
    body: 'We, the undersigned, ask **three things**:\r\n\r\n1. that the *night ferry* sail;\r\n2. that fares stay as they are;\r\n3. that the [timetable](https://harbour.example/times?a=1&b=2) be kept.\r\n\r\n> The sea is a road.[^1]\r\n\r\n[^1]: Charter of Port Ellery, article 4.\r\n',
    closing: 'Yours sincerely,',
    disclaimer: 'The views in this letter are those of its signatories.',
  },
  persian: {
    addressees: [{ name: 'شهردار بندر', office: 'شهرداری', lines: [] }],
    headline: 'کتابخانه‌های محله را باز نگه دارید',
    body: 'ما امضاکنندگان می‌خواهیم که *کتابخانه‌ها* باز بمانند.\n\n- هر روز\n- تا ساعت ۹ شب',
    closing: 'با احترام',
  },
  arabic: {
    addressees: [],
    headline: 'رسالة مفتوحة من أجل الحدائق',
    salutation: 'تحية طيبة،',
    body: 'نطالب بفتح **الحدائق العامة** أمام الجميع.',
  },
  hebrew: { addressees: [{ name: 'מועצת העיר', lines: [] }], headline: 'למען השביל', body: 'אנו מבקשים לשמור על השביל.\\\nתודה.' },
  chinese: {
    addressees: [{ name: '市政府', lines: [] }],
    headline: '保留夜间渡轮',
    body: '我們請求保留\n夜間渡輪，**「每晚」**開航。',
  },
  japanese: {
    addressees: [],
    headline: '図書館を守る手紙',
    body: '私たちは*図書館*の存続を求めます。\n\n| 館 | 時間 |\n|---|--:|\n| 本館 | 9 |',
  },
  hindi: { addressees: [], headline: 'पुस्तकालय खुला रहे', body: 'हम चाहते हैं कि पुस्तकालय खुला रहे। क्‍षमा।' },
  greek: {
    addressees: [],
    headline: 'Για το λιμάνι',
    body: '# Αιτήματα\n\nΖητούμε *δύο* πράγματα:\n\n1) πρώτον\n2) δεύτερον\n\n---\n\nΤέλος.',
  },
  decomposed: {
    addressees: [],
    headline: 'Le cafe\u0301 du The\u0301a\u0302tre',
    body: 'Nous de\u0301fendons «\u00A0le cafe\u0301\u00A0»\u202F!',
  },
  empty: { addressees: [], headline: 'Only a headline', body: '' },
};
