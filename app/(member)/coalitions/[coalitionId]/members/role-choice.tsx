import type { Role } from '../../../../../lib/access/scope.ts';
import type { Translator } from '../../../../../lib/i18n/translator.ts';
import { RadioGroup } from '../../../../_components/ui/choice.tsx';
import type { FormView } from '../../../../_components/ui/form-view.ts';

interface RoleChoiceProps {
  readonly t: Translator;
  readonly form: FormView;
  readonly label: string;
  /** Those that whoever looks may give. */
  readonly roles: readonly Role[];
}

/** The roles, each with what it may do. */
export function RoleChoice({ t, form, label, roles }: RoleChoiceProps) {
  const options = roles.map((role) => ({ value: role, label: t(`members.role.${role}`), hint: t(`members.may.${role}`) }));
  return <RadioGroup t={t} form={form} name="role" label={label} options={options} />;
}
