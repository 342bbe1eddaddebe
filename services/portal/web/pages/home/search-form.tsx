import { FormattedMessage, useIntl } from 'react-intl';
import { Form } from 'react-router';

import { useLanguage } from '../../components/use-language.js';
import type { SearchQuery } from './data.js';
import { maxSearchLength } from './search-limits.js';

/** The search field. Without scripts, the browser sends the form itself. */
export function SearchForm({ query }: { readonly query?: SearchQuery }) {
  const { formatMessage } = useIntl();
  const language = useLanguage();
  const text = query?.text ?? '';
  return (
    <search>
      <Form action={`/${language}/`} method="get" className="search-form">
        <label htmlFor="q">
          <FormattedMessage id="home.search.label" />
        </label>
        <input key={text} id="q" name="q" type="search" defaultValue={text} maxLength={maxSearchLength} />
        {query && query.kind !== 'solutions' && <input type="hidden" name="in" value={query.kind} />}
        <button type="submit">{formatMessage({ id: 'home.search.button' })}</button>
      </Form>
    </search>
  );
}
