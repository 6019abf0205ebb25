/** What an id names; the prefix makes a row's kind readable wherever the id turns up. */
export type IdPrefix =
  | 'per' // person
  | 'ses' // session
  | 'coa' // coalition
  | 'mem' // member
  | 'org' // organisation
  | 'let' // letter
  | 'ver' // version
  | 'dsv' // save of a draft
  | 'cmt' // comment on a draft
  | 'inv' // invitation
  | 'opn' // open link
  | 'bat' // batch
  | 'sgn' // signing
  | 'sig' // signature
  | 'lnk' // link
  | 'out' // mail in the outbox
  | 'mlg' // mail to many
  | 'job'
  | 'blb' // blob
  | 'frm'; // kept form

/** Gives that many random bytes. */
export type Random = (bytes: number) => Buffer;

/** Prefix and 128 random bits: not ordered by time, since an id must not tell when somebody signed. */
export const newId = (prefix: IdPrefix, random: Random): string => `${prefix}_${random(16).toString('base64url')}`;

/** Whether a text out of an address can be an id of that kind. No database is asked for any other: PostgreSQL throws at a NUL. */
export const isId = (prefix: IdPrefix, text: string): boolean =>
  text.startsWith(`${prefix}_`) && /^[\w-]{22}$/.test(text.slice(prefix.length + 1));
