import { FormattedMessage, useIntl } from 'react-intl';
import { Form } from 'react-router';

import { useLanguage } from '../../components/use-language.js';
import { maxSearchLength } from './search-limits.js';

/** The search field. Without scripts, the browser sends the form itself. */
export function SearchForm({ text }: { readonly text: string }) {
  const { formatMessage } = useIntl();
  const language = useLanguage();
  return (
    <search>
      <Form action={`/${language}/`} method="get" className="search-form">
        <label htmlFor="q">
          <FormattedMessage id="home.search.label" />
        </label>
        <input id="q" name="q" type="search" defaultValue={text} maxLength={maxSearchLength} />
        <button type="submit">{formatMessage({ id: 'home.search.button' })}</button>
      </Form>
    </search>
  );
}
