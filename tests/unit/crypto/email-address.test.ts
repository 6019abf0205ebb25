import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseEmailAddress } from '../../../lib/crypto/email-address.ts';
import { runs } from '../../support/property.ts';

describe('one e-mail address', () => {
  it.each([
    ['ada@example.org', 'ada@example.org'],
    ['  Ada.Sample+letters@Example.ORG\t', 'ada.sample+letters@example.org'],
    ["o'neil@example.co.uk", "o'neil@example.co.uk"],
    ['info@bücher.example', 'info@xn--bcher-kva.example'],
    ['info@مثال.example', 'info@xn--mgbh0fb.example'],
    ['a@b.cd', 'a@b.cd'],
  ])('reads %s', (text, canonical) => {
    expect(parseEmailAddress(text)).toEqual({ ok: true, value: { asTyped: text.trim(), canonical } });
  });

  it.each([
    ['', 'required'],
    ['   ', 'required'],
    ['ada', 'not-one-address'],
    ['ada@example.org,eve@example.com', 'not-one-address'],
    ['ada@example.org;eve@example.com', 'not-one-address'],
    ['Ada <ada@example.org>', 'forbidden-character'],
    ['<ada@example.org>', 'not-one-address'],
    ['ada@example.org\r\nBcc: eve@example.com', 'forbidden-character'],
    ['ada@example.org\n', 'forbidden-character'],
    ['"ada@evil"@example.org', 'not-one-address'],
    ['"ada"@example.org', 'not-one-address'],
    ['ada＠evil.com@example.org', 'not-one-address'],
    ['ada@evil.com＠example.org', 'not-one-address'],
    ['ada＠example.org', 'not-one-address'],
    ['adá@example.org', 'malformed-local-part'],
    ['.ada@example.org', 'malformed-local-part'],
    ['a..da@example.org', 'malformed-local-part'],
    ['ada@example', 'malformed-domain'],
    ['ada@-example.org', 'malformed-domain'],
    ['ada@example..org', 'malformed-domain'],
    ['ada@example.org.', 'malformed-domain'],
    ['ada@127.0.0.1', 'malformed-domain'],
    ['ada@1.2', 'malformed-domain'],
    ['ada@0x7f.1', 'malformed-domain'],
    ['ada@[127.0.0.1]', 'malformed-domain'],
    ['ada@ｅxample.org', 'malformed-domain'],
    ['ada@exa%6dple.org', 'malformed-domain'],
    ['ada@example.org/path', 'malformed-domain'],
    ['ada@example.org:25', 'malformed-domain'],
    ['ada\u200B@example.org', 'forbidden-character'],
    [`${'a'.repeat(65)}@example.org`, 'malformed-local-part'],
    [`a@${'b'.repeat(250)}.org`, 'too-long'],
  ])('refuses %j: %s', (text, reason) => {
    expect(parseEmailAddress(text)).toEqual({ ok: false, reason });
  });

  it('gives a canonical form that is one plain ASCII address and reads as itself', () => {
    const text = fc.oneof(
      fc.emailAddress(),
      fc.string({ unit: 'binary' }),
      fc.tuple(fc.string(), fc.string({ unit: 'grapheme' })).map((pair) => pair.join('@')),
    );
    fc.assert(
      fc.property(text, (typed) => {
        const parsed = parseEmailAddress(typed);
        if (!parsed.ok) return;
        expect(parsed.value.canonical).toMatch(/^[!-?A-~]+@[a-z0-9.-]+$/);
        expect(parsed.value.asTyped).not.toMatch(/[\s,;<>"]/);
        expect(parseEmailAddress(parsed.value.canonical)).toMatchObject({ ok: true, value: { canonical: parsed.value.canonical } });
      }),
      { numRuns: runs(2000) },
    );
  });
});
