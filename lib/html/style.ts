/** The page's whole style; fonts are the reader's own, since nothing may be fetched. */
export const pageStyle = `
:root { color-scheme: light dark; }
body { margin: 0; font: 1.0625rem/1.6 Charter, "Bitstream Charter", "Iowan Old Style", "Noto Serif", "Noto Naskh Arabic", Georgia, serif; }
main { max-width: 42rem; margin: 0 auto; padding: 2.5rem 1.25rem 4rem; overflow-wrap: break-word; }
article + article { margin-top: 4rem; border-top: 1px solid; padding-top: 3rem; }
h1 { font-size: 1.7rem; line-height: 1.25; margin: 2rem 0 0.5rem; }
h2 { font-size: 1.2rem; margin: 2.2rem 0 0.6rem; }
h3, h4, h5, h6 { font-size: 1rem; margin: 1.6rem 0 0.4rem; }
.subtitle { font-size: 1.1rem; font-style: italic; margin: 0 0 1.5rem; }
.letterhead { margin-bottom: 2.5rem; font-size: 0.875rem; line-height: 1.4; }
.letterhead img { display: block; max-width: 14rem; max-height: 5rem; }
.letterhead p { margin: 0.6rem 0 0; }
.place-date { text-align: end; }
.mark { font-weight: bold; text-align: center; border: 1px solid; padding: 0.3rem 0.6rem; }
.standing, .note, .count, .disclaimer, .fingerprint { font-size: 0.875rem; }
.note { font-style: italic; }
.lines { white-space: pre-line; }
dl.head { display: grid; grid-template-columns: max-content 1fr; gap: 0.3rem 0.9rem; }
dl.head dd { margin: 0; grid-column: 2; }
.fingerprint code { overflow-wrap: anywhere; direction: ltr; unicode-bidi: isolate; }
blockquote { margin: 1rem 0; padding-inline-start: 1rem; border-inline-start: 2px solid; }
hr { border: 0; border-top: 1px solid; margin: 2rem auto; width: 6rem; opacity: 0.5; }
[role='doc-endnotes'] { font-size: 0.875rem; }
[role='doc-endnotes'] h2 { font-size: 1rem; margin-bottom: 0; }
[role='doc-endnotes'] p { margin: 0.3rem 0; }
[role='doc-backlink'] { text-decoration: none; }
sup { line-height: 0; }
table { border-collapse: collapse; width: 100%; margin: 1.2rem 0; }
th, td { border-bottom: 1px solid; padding: 0.3rem 0.6rem; text-align: start; vertical-align: top; }
.align-centre { text-align: center; }
.align-end { text-align: end; }
.entries { padding: 0; }
ul.entries { list-style: none; }
ol:is(:lang(fa), :lang(ps)) { list-style-type: persian; }
ol:lang(ar) { list-style-type: arabic-indic; }
ol.entries { padding-inline-start: 3.5rem; }
.entries li { margin: 0 0 0.55rem; break-inside: avoid; line-height: 1.4; }
.lead { font-weight: 600; }
.addendum { margin-top: 3rem; border-top: 1px solid; }
.entries:not(.columns-1) { column-gap: 2rem; }
/* Slanted, the letters of these scripts are only bent: they have no italics. */
:is(.subtitle, .note):is(:lang(ar), :lang(fa), :lang(ur), :lang(ps), :lang(ckb), :lang(he), :lang(yi), :lang(zh), :lang(ja), :lang(ko)) { font-style: normal; }
em:is(:lang(zh), :lang(ja), :lang(ko)) { font-style: normal; text-emphasis: filled; }
@media (max-width: 40rem) {
  article { overflow-x: auto; }
  th, td { padding-inline: 0.3rem; overflow-wrap: normal; }
  ul, ol { padding-inline-start: 1.6rem; }
}
@media (min-width: 40rem) { .columns-2 { columns: 2; } .columns-3 { columns: 3; } }
@media print {
  @page { margin: 22mm 20mm; }
  body { font-size: 11pt; }
  main { max-width: none; padding: 0; }
  article + article { break-before: page; border: 0; }
  a { color: inherit; text-decoration: none; }
  h1, h2, h3 { break-after: avoid; }
  .columns-2 { columns: 2; }
  .columns-3 { columns: 3; }
}
`;
