import { FormattedMessage } from 'react-intl';
import { Form } from 'react-router';

interface PeriodFormProps {
  readonly from: string;
  readonly to: string;
}

/** Chooses the days between which the groups are shown. */
export const PeriodForm = ({ from, to }: PeriodFormProps) => (
  <Form method="get" className="filters">
    <label>
      <FormattedMessage id="timeline.from" /> <input key={from} type="date" name="from" defaultValue={from} />
    </label>
    <label>
      <FormattedMessage id="timeline.to" /> <input key={to} type="date" name="to" defaultValue={to} />
    </label>
    <button type="submit">
      <FormattedMessage id="common.show" />
    </button>
  </Form>
);
