import { FormattedMessage, useIntl } from 'react-intl';
import { Form } from 'react-router';

import { EnumText } from '../../components/enum-text.js';
import { KeptParameters } from '../../components/kept-parameters.js';
import type { MemberFilter } from './data.js';

const kinds = [
  'MUNICIPALITY',
  'PROVINCE',
  'REGION',
  'SOCIAL_WELFARE_CENTRE',
  'INTERMUNICIPAL_BODY',
  'MOUNTAIN_COMMUNITY',
  'POLICE_ZONE',
  'RESCUE_ZONE',
  'HEALTH_BODY',
  'STATE_BODY',
  'OTHER',
];
const roles = ['FOUNDER', 'MEMBER', 'BOARD', 'OBSERVER', 'PARTNER', 'OTHER'];

/** Chooses which members are listed. What else the view shows remains. */
export function MemberForm({ filter: { kind, role, past } }: { readonly filter: MemberFilter }) {
  return (
    <Form method="get" className="filters" preventScrollReset>
      <KeptParameters except={['kind', 'role', 'past']} />
      <Choice name="kind" of="administrationKind" values={kinds} value={kind} />
      <Choice name="role" of="membershipRole" values={roles} value={role} />
      <label>
        <input key={String(past)} type="checkbox" name="past" value="true" defaultChecked={past} />{' '}
        <FormattedMessage id="consortium.filter.past" />
      </label>
      <button type="submit">
        <FormattedMessage id="common.show" />
      </button>
    </Form>
  );
}

interface ChoiceProps {
  readonly name: string;
  /** The enum of the values. */
  readonly of: string;
  readonly values: readonly string[];
  readonly value: string | null;
}

function Choice({ name, of, values, value }: ChoiceProps) {
  const { formatMessage } = useIntl();
  return (
    <label>
      <FormattedMessage id={`consortium.filter.${name}`} />{' '}
      <select key={value} name={name} defaultValue={value ?? ''}>
        <option value="">{formatMessage({ id: 'consortium.filter.all' })}</option>
        {values.map((each) => (
          <option key={each} value={each}>
            <EnumText of={of} value={each} />
          </option>
        ))}
      </select>
    </label>
  );
}
