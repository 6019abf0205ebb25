import { capacities } from '../../../../../../db/schema/values.ts';
import { Button } from '../../../../../_components/ui/button.tsx';
import { RadioGroup } from '../../../../../_components/ui/choice.tsx';
import { TextField } from '../../../../../_components/ui/field.tsx';
import { requestTranslator } from '../../../../../_request/locale.ts';
import type { LetterPageProps } from '../../letter-page.ts';
import { vouchPath, vouchRowsPath } from '../paths.ts';
import { VouchingFields } from './vouch-fields.tsx';
import { VouchPage } from './vouch-page.tsx';

export async function generateMetadata() {
  const t = await requestTranslator('member');
  return { title: t('list.vouch.title') };
}

const FIELDS = ['organisation', 'acronym', 'name', 'role', 'city', 'country'] as const;

/** One yes that came by other means: on the telephone, at a meeting, on paper. */
export default async function VouchOnePage({ params }: LetterPageProps) {
  const { letterId } = await params;
  const path = vouchPath(letterId);
  return (
    <VouchPage letterId={letterId} path={path} name="vouch" lead="list.vouch.lead">
      {({ t, form, ...vouching }) => {
        const field = { t, form };
        return (
          <>
            <p>
              <a href={vouchRowsPath(letterId)}>{t('list.vouch.rows.link')}</a>
            </p>
            <form className="form" method="post" action={`${path}/record`} noValidate>
              <RadioGroup
                {...field}
                name="capacity"
                label={t('list.vouch.capacity')}
                options={capacities.map((value) => ({
                  value,
                  label: t(`letters.capacity.${value}`),
                  hint: t(`list.vouch.capacity.${value}`),
                }))}
              />
              {FIELDS.map((name) => (
                <TextField key={name} {...field} name={name} label={t(`list.vouch.${name}`)} optional autoComplete="off" width="medium" />
              ))}
              <TextField
                {...field}
                name="email"
                type="email"
                label={t('list.vouch.email')}
                hint={t('list.vouch.email.hint')}
                optional
                autoComplete="off"
                width="medium"
              />
              <VouchingFields {...field} {...vouching} />
              <div className="actions">
                <Button>{t('list.vouch.button')}</Button>
              </div>
            </form>
          </>
        );
      }}
    </VouchPage>
  );
}
