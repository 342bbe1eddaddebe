import type { ReactNode } from 'react';
import { FormattedMessage } from 'react-intl';
import { Form, useSearchParams } from 'react-router';

interface AsOfFormProps {
  /** The day that is shown. Null is today. */
  readonly asOf: string | null;
  /** Further fields, and the search parameters that they set. */
  readonly children?: ReactNode;
  readonly parameters?: readonly string[];
}

/** Chooses the day that a page is about. Other parameters of the view remain, except positions in lists: those are of another day. */
export function AsOfForm({ asOf, children, parameters = [] }: AsOfFormProps) {
  const [search] = useSearchParams();
  const isSet = (name: string): boolean => name === 'asOf' || parameters.includes(name) || /after$/i.test(name);
  const kept = [...search].filter(([name]) => !isSet(name));
  return (
    <Form method="get" className="as-of" role="search">
      {kept.map(([name, value]) => (
        <input key={`${name} ${value}`} type="hidden" name={name} value={value} />
      ))}
      <label>
        <FormattedMessage id="common.asOf" /> <input type="date" name="asOf" defaultValue={asOf ?? ''} />
      </label>{' '}
      {children}
      <button type="submit">
        <FormattedMessage id="common.show" />
      </button>
    </Form>
  );
}
