import { countryName } from './countries.ts';
import type { Entry } from './model.ts';
import type { Form, SignatoryRecord } from './record.ts';
import type { BlockWording } from './wording.ts';

export interface EntrySettings {
  readonly form: Form;
  /** Whether countries print. */
  readonly country: boolean;
  /** BCP 47 language of the letter. */
  readonly language: string;
  readonly wording: Pick<BlockWording, 'comma' | 'semicolon'>;
}

/**
 * A record as it prints. What leads is the organisation's name with its acronym in parentheses, or the person's name; the details
 * follow in this order: the representative and their role, or the role and the affiliation; then city and country.
 *
 * An organisation's record without an organisation prints the person it gives, as the source left it. `printAs` is verbatim: its
 * lines are the entry's, and no form applies.
 */
export function entryOf(record: SignatoryRecord, settings: EntrySettings): Entry {
  if (record.printAs !== undefined) return verbatimEntry(record, record.printAs);
  const lead = leadOf(record, settings.language);
  const details = detailsOf(record, settings);
  if (details.length === 0) return { lines: [lead], lead: lead.length };
  const { comma, semicolon } = settings.wording;
  const rest = details.join(comma);
  switch (settings.form) {
    case 'stacked':
      return { lines: [lead, rest], lead: lead.length, parts: details };
    case 'line':
      return { lines: [lead + comma + rest], lead: lead.length, parts: details };
    case 'parentheses': {
      // Two pairs of parentheses in a row read badly, so the acronym shares them with the details.
      const bare = leadNameOf(record, settings.language);
      const extra = lead.length === bare.length ? null : lead.slice(bare.length + 2, -1);
      const inner = extra === null ? rest : extra + semicolon + rest;
      return { lines: [`${bare} (${inner})`], lead: bare.length, parts: extra === null ? details : [extra, ...details] };
    }
  }
}

function verbatimEntry(record: SignatoryRecord, printAs: string): Entry {
  const lines = printAs.split('\n');
  const first = lines[0] ?? '';
  const name = (record.capacity === 'organisation' ? record.organisation : record.name) ?? '';
  return { lines, lead: name !== '' && first.startsWith(name) ? name.length : first.length };
}

const nameOf = (record: SignatoryRecord): string =>
  (record.capacity === 'organisation' ? (record.organisation ?? record.name) : record.name) ?? '';

/** The leading name: in the letter's language where the record has it in that language, otherwise as given. */
export function leadNameOf(record: SignatoryRecord, language: string): string {
  const name = nameOf(record);
  return record.names === undefined ? name : (record.names[language] ?? record.names[language.split('-')[0] ?? ''] ?? name);
}

/** The leading name with what follows it in parentheses: an organisation's acronym, or the name in another script. */
function leadOf(record: SignatoryRecord, language: string): string {
  const lead = leadNameOf(record, language);
  const extra: string[] = [];
  if (record.capacity === 'organisation' && record.organisation !== undefined && record.acronym !== undefined) extra.push(record.acronym);
  if (record.names !== undefined) {
    const others = [nameOf(record), ...Object.values(record.names)].filter((name) => name !== lead && name !== record.acronym);
    const second = others[0];
    if (second !== undefined) extra.push(second);
  }
  return extra.length === 0 ? lead : `${lead} (${extra.join(' / ')})`;
}

function detailsOf(record: SignatoryRecord, settings: EntrySettings): string[] {
  const parts =
    record.capacity === 'organisation'
      ? [record.organisation === undefined ? undefined : record.name, record.role, record.city]
      : [record.role, affiliationOf(record), record.city];
  if (settings.country && record.country !== undefined) parts.push(countryName(record.country, settings.language));
  return parts.filter((part): part is string => part !== undefined && part !== '');
}

const affiliationOf = (record: SignatoryRecord): string | undefined =>
  record.organisation !== undefined && record.acronym !== undefined ? `${record.organisation} (${record.acronym})` : record.organisation;

/** Whether the entry shows an organisation beside a personal signature: then the identification note is due. */
export function printsAffiliation(record: SignatoryRecord): boolean {
  if (record.capacity !== 'personal' || record.organisation === undefined) return false;
  return record.printAs === undefined || record.printAs.includes(record.organisation);
}
