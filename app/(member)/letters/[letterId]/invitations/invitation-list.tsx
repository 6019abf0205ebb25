import { formatDay } from '../../../../../lib/i18n/format.ts';
import type { Translator } from '../../../../../lib/i18n/translator.ts';
import type { InvitationItem, InvitationsPage } from '../../../../../lib/invitations/desk-view.ts';
import type { DeskStatus } from '../../../../../lib/invitations/status.ts';
import { Badge } from '../../../../_components/ui/badge.tsx';
import { ButtonForm } from '../../../../_components/ui/button.tsx';
import { Table } from '../../../../_components/ui/table.tsx';

interface InvitationListProps {
  readonly t: Translator;
  readonly path: string;
  readonly list: InvitationsPage;
  /** The newest page is shown. */
  readonly first: boolean;
  /** ISO calendar date, in the letter's zone. */
  readonly today: string;
  /** Whether the member may do something about an invitation. */
  readonly acts: boolean;
}

export function InvitationList({ t, path, list, first, today, acts }: InvitationListProps) {
  return (
    <div className="invitations">
      <Table
        caption={t('invitations.list')}
        captionHidden
        keyOf={(item) => item.id}
        rows={list.items}
        columns={[
          { heading: t('invitations.column.who'), cell: (item) => <Who item={item} /> },
          {
            heading: t('invitations.column.status'),
            cell: ({ status }) => <Badge tone={TONES[status] ?? 'plain'}>{t(statusKey(status))}</Badge>,
          },
          { heading: t('invitations.column.next'), labelled: true, cell: (item) => <Next t={t} item={item} today={today} /> },
          ...(acts
            ? [{ heading: t('invitations.column.actions'), cell: (item: InvitationItem) => <Acts t={t} path={path} item={item} /> }]
            : []),
        ]}
      />
      <p className="actions">
        {first ? null : <a href={path}>{t('invitations.newest')}</a>}
        {list.next === null ? null : <a href={`${path}?after=${encodeURIComponent(list.next)}`}>{t('invitations.more')}</a>}
      </p>
    </div>
  );
}

const TONES: Partial<Record<DeskStatus, 'accent' | 'success' | 'warning' | 'error'>> = {
  listed: 'success',
  opened: 'accent',
  considering: 'accent',
  held: 'warning',
  unproved: 'warning',
  'held-duplicate': 'warning',
  'held-other': 'warning',
  bounced: 'error',
  failed: 'error',
};

const statusKey = (status: DeskStatus) =>
  status === 'held-duplicate' || status === 'held-other' ? 'invitations.status.held' : (`invitations.status.${status}` as const);

function Who({ item }: { readonly item: InvitationItem }) {
  return (
    <>
      <bdi>{item.who}</bdi>
      {item.contact === null && item.email === null ? null : (
        <span className="who__contact">
          {item.contact === null ? null : <bdi>{item.contact}</bdi>} {item.email === null ? null : <bdi>{item.email}</bdi>}
        </span>
      )}
    </>
  );
}

function Next({ t, item, today }: { readonly t: Translator; readonly item: InvitationItem; readonly today: string }) {
  return (
    <>
      {nextStep(t, item, today)}
      {item.byHand && item.status !== 'handed' ? <span className="who__contact">{t('invitations.channel.by-hand')}</span> : null}
      {item.stopped ? <span className="who__trouble">{t('invitations.stopped')}</span> : null}
      {item.late ? <span className="who__contact">{t('invitations.late')}</span> : null}
      {item.passedOn === null ? null : <span className="who__contact">{t(`invitations.passed-on.${item.passedOn}`)}</span>}
      {item.passedOnTo.map((name, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: two colleagues may bear one name, and the order is that of time
        <span key={index} className="who__contact">
          {t('invitations.passed-on.to', { name })}
        </span>
      ))}
      {item.lost === null ? null : (
        <span className="who__trouble">{t(`invitations.next.lost-${item.lost}`, { address: addressOf(t, item) })}</span>
      )}
    </>
  );
}

/** Whoever may not read addresses sees that there was one. */
const addressOf = (t: Translator, { email }: InvitationItem): string => email ?? t('invitations.hidden-address');

/** The state in a sentence that says what to do about it. */
function nextStep(t: Translator, item: InvitationItem, today: string): string {
  if (item.letterWithdrawn) return ofWithdrawn(t, item);
  const { status, reason, until, entries, who } = item;
  switch (status) {
    case 'considering':
      return t(until !== null && until < today ? 'invitations.next.considering-past' : 'invitations.next.considering', {
        day: until === null ? '' : formatDay(t.locale, until),
      });
    case 'declined':
      return reason === null ? t('invitations.next.declined') : t('invitations.next.declined-reason', { reason });
    default:
      return t(`invitations.next.${status}`, {
        entry: entries.length === 0 ? who : entries.join(' · '),
        organisation: who,
        address: addressOf(t, item),
      });
  }
}

/** Nothing prints, and nobody is waited for any more; what was answered stays an answer. */
function ofWithdrawn(t: Translator, { status, entries, reason }: InvitationItem): string {
  const entry = entries.join(' · ');
  if (status === 'withdrawn') return t('invitations.next.withdrawn', { entry });
  if (status === 'declined' && reason !== null) return t('invitations.next.declined-reason', { reason });
  return entry === '' ? t('invitations.next.letter-withdrawn') : t('invitations.next.letter-withdrawn-entry', { entry });
}

function Acts({ t, path, item }: { readonly t: Translator; readonly path: string; readonly item: InvitationItem }) {
  const at = `${path}/${item.id}`;
  return (
    <div className="row-acts">
      {item.mayApprove ? (
        <ButtonForm action={`${at}/approve`} look="quiet" values={{ seen: item.seen }}>
          {t('invitations.approve')} <Named who={item.who} />
        </ButtonForm>
      ) : null}
      {item.vouchFor === null ? null : (
        <a href={`${path.replace(/\/invitations$/, '/list')}/${item.vouchFor}`}>
          {t('invitations.vouch')} <Named who={item.who} />
        </a>
      )}
      {item.mayHandOver ? (
        <ButtonForm action={`${at}/link/make`} look="link">
          {t('invitations.link.make')} <Named who={item.who} />
        </ButtonForm>
      ) : null}
      {item.mayLetIn === null ? null : (
        <ButtonForm action={`${at}/${item.mayLetIn}`} look="link">
          {t(`invitations.let-in.${item.mayLetIn}`)} <Named who={item.who} />
        </ButtonForm>
      )}
      {item.mayResend ? (
        <ButtonForm action={`${at}/resend`} look="link">
          {t('invitations.resend')} <Named who={item.who} />
        </ButtonForm>
      ) : null}
      {item.mayReaddress ? (
        <a href={`${at}/address`}>
          {t('invitations.address')} <Named who={item.who} />
        </a>
      ) : null}
      {item.mayMark === null ? null : (
        <ButtonForm action={`${at}/${item.mayMark}`} look="link">
          {t(`invitations.mark.${item.mayMark}`)} <Named who={item.who} />
        </ButtonForm>
      )}
      {item.mayRevoke ? (
        <ButtonForm action={`${at}/revoke`} look="link">
          {t('invitations.revoke')} <Named who={item.who} />
        </ButtonForm>
      ) : null}
    </div>
  );
}

/** Buttons of many rows read alike in a list of controls; the name tells them apart. */
const Named = ({ who }: { readonly who: string }) => <span className="visually-hidden">: {who}</span>;
