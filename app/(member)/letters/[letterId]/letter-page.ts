/** What Next hands to every page below a letter. */
export interface LetterPageProps {
  readonly params: Promise<{ readonly letterId: string }>;
}
