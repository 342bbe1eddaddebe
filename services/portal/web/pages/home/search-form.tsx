import { FormattedMessage, useIntl } from 'react-intl';
import { Form, useNavigate } from 'react-router';

import { SuggestingInput } from '../../components/suggestions/suggesting-input.js';
import { useLanguage } from '../../components/use-language.js';
import { objectPath } from '../../model/paths.js';
import type { SearchQuery } from './data.js';

/** The search field. Without scripts, the browser sends the form itself. A suggestion leads to its page at once. */
export function SearchForm({ query }: { readonly query?: SearchQuery }) {
  const { formatMessage } = useIntl();
  const language = useLanguage();
  const navigate = useNavigate();
  const text = query?.text ?? '';
  return (
    <search>
      <Form action={`/${language}/`} method="get" className="search-form">
        <label htmlFor="q">
          <FormattedMessage id="home.search.label" />
        </label>
        <SuggestingInput
          key={text}
          id="q"
          name="q"
          type="search"
          text={text}
          of="all"
          onChoose={({ id }) => void navigate(`/${language}${objectPath(id)}`)}
        />
        {/* A search in a list without words is one for this kind. */}
        {query?.kind && text === '' && <input type="hidden" name="in" value={query.kind} />}
        <button type="submit">{formatMessage({ id: 'home.search.button' })}</button>
      </Form>
    </search>
  );
}
