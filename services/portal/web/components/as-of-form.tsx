import type { ReactNode } from 'react';
import { FormattedMessage } from 'react-intl';
import { Form } from 'react-router';

import { KeptParameters } from './kept-parameters.js';

interface AsOfFormProps {
  /** The day that is shown. Null is today. */
  readonly asOf: string | null;
  /** Further fields, and the search parameters that they set. */
  readonly children?: ReactNode;
  readonly parameters?: readonly string[];
  /** Keeps the position on the page, for a form in its middle. */
  readonly keepsPosition?: boolean;
}

/** Chooses the day that a page is about. Other parameters of the view remain. */
export const AsOfForm = ({ asOf, children, parameters = [], keepsPosition = false }: AsOfFormProps) => (
  <Form method="get" className="as-of" role="search" preventScrollReset={keepsPosition}>
    <KeptParameters except={['asOf', ...parameters]} />
    <label>
      <FormattedMessage id="common.asOf" /> <input key={asOf} type="date" name="asOf" defaultValue={asOf ?? ''} />
    </label>{' '}
    {children}
    <button type="submit">
      <FormattedMessage id="common.show" />
    </button>
  </Form>
);
