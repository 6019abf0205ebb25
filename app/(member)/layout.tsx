import type { ReactNode } from 'react';
import { viewMemberships } from '../../lib/coalitions/views.ts';
import { ButtonForm } from '../_components/ui/button.tsx';
import { Notice } from '../_components/ui/notice.tsx';
import { Shell } from '../_components/ui/shell.tsx';
import { showsKeptMails } from '../_request/kept-mails.ts';
import { requestTranslator } from '../_request/locale.ts';
import { currentMember } from '../_request/member.ts';
import { readNotice } from '../_request/read-form.ts';

/** The frame of a member's pages. It guards nothing: each page asks for its own scope. */
export default async function MemberLayout({ children }: { readonly children: ReactNode }) {
  const t = await requestTranslator('member');
  const asking = await currentMember();
  // The page knows its own path, and sends whoever is not signed in to sign in and come back.
  if (!asking) return children;
  const [membership, ...others] = await viewMemberships(asking.running, asking.who);
  const notice = await readNotice(t);
  const nav = [
    { href: '/desk', label: t('desk.nav.letters') },
    ...((await showsKeptMails(asking)) ? [{ href: '/mail', label: t('desk.nav.mail') }] : []),
    { href: '/account', label: t('desk.nav.account') },
  ];
  return (
    <Shell
      t={t}
      variant="member"
      home="/desk"
      nav={nav}
      context={membership && others.length === 0 ? <bdi>{membership.coalitionName}</bdi> : null}
      end={
        <ButtonForm action="/api/auth/sign-out" look="link">
          {t('desk.nav.sign-out')}
        </ButtonForm>
      }
    >
      {notice === null ? null : (
        <Notice t={t} tone="success" said>
          {notice}
        </Notice>
      )}
      {children}
    </Shell>
  );
}
