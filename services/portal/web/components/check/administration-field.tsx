import { useState } from 'react';
import { FormattedMessage, FormattedNumber } from 'react-intl';
import { useLocation } from 'react-router';

import { splitPath } from '../../model/languages.js';
import { withParameters } from '../../model/paths.js';
import type { Suggestion } from '../../model/suggestion.js';
import { CountryName } from '../country-name.js';
import { EnumText } from '../enum-text.js';
import { PageLink } from '../page-link.js';
import { SuggestingInput } from '../suggestions/suggesting-input.js';
import { Text } from '../text.js';
import type { ChosenAdministration } from './check-data.js';

/**
 * A field of a form, for the name or a code of an administration. What is chosen already can be replaced by writing another name; a
 * suggestion that is chosen is sent by its id.
 */
export function AdministrationField({ words, chosen }: ChosenAdministration) {
  const [suggested, setSuggested] = useState<Suggestion | null>(null);
  return (
    <>
      <label htmlFor="administration">
        <FormattedMessage id="reuse.administration" />
      </label>
      <SuggestingInput
        key={chosen?.id ?? words}
        id="administration"
        name={suggested ? undefined : 'administration'}
        type="text"
        text={chosen ? '' : words}
        of="administrations"
        onChoose={setSuggested}
        onWrite={() => {
          setSuggested(null);
        }}
      />
      {suggested && <input type="hidden" name="for" value={suggested.id} />}
      {chosen && !suggested && (
        <label className="chosen">
          <input key={chosen.id} type="checkbox" name="for" value={chosen.id} defaultChecked />{' '}
          <Text value={chosen.name} lang={chosen.nameLanguage} /> (<CountryName code={chosen.country} />)
        </label>
      )}
    </>
  );
}

/** The administrations that the words of a reader may mean, each a link to the same view with the one that is chosen. */
export function AdministrationChoices({ words, chosen, choices }: ChosenAdministration) {
  const { pathname, search } = useLocation();
  if (choices === null) return null;
  const path = splitPath(pathname)?.rest ?? pathname;
  return (
    <section className="notice" aria-labelledby="choices">
      <h2 id="choices">
        <FormattedMessage
          id={
            chosen
              ? 'reuse.otherAdministrations'
              : choices.length === 0
                ? 'reuse.noAdministration'
                : 'reuse.chooseAdministration'
          }
          values={{ words: <Text value={words} /> }}
        />
      </h2>
      <ul>
        {choices.map(({ id, name, nameLanguage, country, kind, population }) => (
          <li key={id}>
            <PageLink to={`${path}${withParameters(search, { administration: undefined, for: id })}`}>
              <Text value={name} lang={nameLanguage} />
            </PageLink>{' '}
            (<EnumText of="administrationKind" value={kind} />, <CountryName code={country} />
            {population !== null && (
              <>
                ,{' '}
                <FormattedMessage
                  id="reuse.inhabitants"
                  values={{ count: population.count, number: <FormattedNumber value={population.count} /> }}
                />
              </>
            )}
            )
          </li>
        ))}
      </ul>
      <p>
        <PageLink to={`${path}${withParameters(search, { administration: undefined, for: undefined })}`}>
          <FormattedMessage id="reuse.withoutAdministration" />
        </PageLink>
      </p>
    </section>
  );
}
