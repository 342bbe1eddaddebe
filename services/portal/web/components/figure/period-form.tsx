import { FormattedMessage } from 'react-intl';
import { Form } from 'react-router';

import { KeptParameters } from '../kept-parameters.js';

interface PeriodFormProps {
  readonly from: string;
  readonly to: string;
}

/** Chooses the days between which a picture shows growth. */
export const PeriodForm = ({ from, to }: PeriodFormProps) => (
  <Form method="get" className="filters" preventScrollReset>
    <KeptParameters except={['from', 'to']} />
    <label>
      <FormattedMessage id="figures.from" /> <input key={from} type="date" name="from" defaultValue={from} />
    </label>
    <label>
      <FormattedMessage id="figures.to" /> <input key={to} type="date" name="to" defaultValue={to} />
    </label>
    <button type="submit">
      <FormattedMessage id="common.show" />
    </button>
  </Form>
);
