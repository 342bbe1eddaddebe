import { type InputHTMLAttributes, type KeyboardEvent, useId, useRef, useState } from 'react';
import { FormattedMessage, useIntl } from 'react-intl';

import { maxSearchLength, type Suggestible, type Suggestion } from '../../model/suggestion.js';
import { CountryName } from '../country-name.js';
import { EnumText } from '../enum-text.js';
import { Text } from '../text.js';
import { useIsHydrated } from '../use-is-hydrated.js';
import { useLanguage } from '../use-language.js';
import { useSuggestions } from './use-suggestions.js';

interface SuggestingInputProps extends Pick<InputHTMLAttributes<HTMLInputElement>, 'id' | 'name' | 'type'> {
  /** What the field contains at first. */
  readonly text: string;
  readonly of: Suggestible;
  readonly onChoose: (suggestion: Suggestion) => void;
  /** The reader writes something else than what was chosen. */
  readonly onWrite?: () => void;
}

/**
 * A text field that suggests what a reader may mean: a combobox with a list, as the ARIA Authoring Practices describe it. Without
 * scripts it is a plain field.
 */
export function SuggestingInput({ text, of, onChoose, onWrite, ...attributes }: SuggestingInputProps) {
  const { formatMessage } = useIntl();
  const isHydrated = useIsHydrated();
  const listId = useId();
  // Not a controlled field: what a reader wrote before scripts ran would be lost.
  const field = useRef<HTMLInputElement>(null);
  /** What suggestions are shown for. Null while the list is closed. */
  const [written, setWritten] = useState<string | null>(null);
  const [active, setActive] = useState(-1);
  const suggestions = useSuggestions(written, useLanguage(), of);
  const isOpen = suggestions.length > 0;
  const optionId = (index: number): string => `${listId}-${index}`;

  const close = (): void => {
    setWritten(null);
    setActive(-1);
  };
  const write = (next: string): void => {
    setWritten(next);
    setActive(-1);
    onWrite?.();
  };
  const choose = (suggestion: Suggestion): void => {
    if (field.current) field.current.value = suggestion.name;
    close();
    onChoose(suggestion);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const { length } = suggestions;
    const chosen = suggestions[active];
    // The form is sent.
    if (event.key === 'Enter' && !chosen) {
      close();
      return;
    }
    if (event.key === 'ArrowDown' && !isOpen) setWritten(field.current?.value ?? '');
    else if (event.key === 'ArrowDown') setActive((active + 1) % length);
    else if (event.key === 'ArrowUp' && isOpen) setActive((Math.max(active, 0) + length - 1) % length);
    else if (event.key === 'Escape' && isOpen) close();
    else if (event.key === 'Enter' && chosen) choose(chosen);
    else return;
    event.preventDefault();
  };

  return (
    <div className="suggesting">
      <input
        {...attributes}
        ref={field}
        defaultValue={text}
        maxLength={maxSearchLength}
        onChange={({ target }) => {
          write(target.value);
        }}
        {...(isHydrated && {
          role: 'combobox',
          autoComplete: 'off',
          'aria-autocomplete': 'list',
          'aria-controls': listId,
          'aria-expanded': isOpen,
          'aria-activedescendant': active < 0 ? undefined : optionId(active),
          onKeyDown,
          onBlur: close,
        })}
      />
      {isHydrated && (
        <>
          <ul
            id={listId}
            role="listbox"
            className="suggestions"
            aria-label={formatMessage({ id: 'common.suggestions' })}
            hidden={!isOpen}
          >
            {suggestions.map((suggestion, index) => (
              <li
                key={suggestion.id}
                id={optionId(index)}
                role="option"
                aria-selected={index === active}
                // The field keeps the focus.
                onMouseDown={(event) => {
                  event.preventDefault();
                }}
                onClick={() => {
                  choose(suggestion);
                }}
              >
                <SuggestionText suggestion={suggestion} />
              </li>
            ))}
          </ul>
          <p className="visually-hidden" role="status">
            {isOpen && <FormattedMessage id="common.suggestions.count" values={{ count: suggestions.length }} />}
          </p>
        </>
      )}
    </div>
  );
}

const SuggestionText = ({ suggestion: { name, nameLanguage, kind, country } }: { readonly suggestion: Suggestion }) => (
  <>
    <Text value={name} lang={nameLanguage} />{' '}
    <span className="quiet">
      {kind === 'solution' || kind === 'consortium' ? (
        <FormattedMessage id={`common.${kind}`} />
      ) : (
        <EnumText of="administrationKind" value={kind} />
      )}
      {country !== null && (
        <>
          {', '}
          <CountryName code={country} />
        </>
      )}
    </span>
  </>
);
