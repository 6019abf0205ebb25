/**
 * What an organisation is told apart by until a registry exists: its name without case, punctuation, a leading article or odd spaces,
 * so that "The Harbour Forum", "Harbour Forum " and "harbour-forum" are one. Accents stay: they tell real names apart.
 */
export function normaliseOrganisationName(name: string): string {
  const folded = name
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFC')
    // An apostrophe belongs to its word; every other mark separates words.
    .replace(/['\u2018\u2019\u02BC]/gu, '')
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim();
  // A name that is nothing but marks is still a name.
  return folded.replace(/^(?:the )+(?=.)/u, '') || name.trim();
}
