import type { ReactNode } from 'react';
import { FormattedMessage } from 'react-intl';

import { Part } from './part.js';

interface ListSectionProps<List> {
  /** The fragment of the address that leads to it. */
  readonly id: string;
  /** The ids of messages: its heading, and what is shown if the list is empty. */
  readonly title: string;
  readonly none: string;
  /** Null if it could not be read. */
  readonly list: List | null;
  readonly isEmpty: (list: List) => boolean;
  readonly children: (list: List) => ReactNode;
}

/** A part of a page with a list. That a list is empty and that it could not be read are two statements. */
export function ListSection<List>({ id, title, none, list, isEmpty, children }: ListSectionProps<List>) {
  return (
    <Part>
      <section aria-labelledby={id}>
        <h2 id={id}>
          <FormattedMessage id={title} />
        </h2>
        {list === null ? (
          <p className="unknown">
            <FormattedMessage id="common.notRead" />
          </p>
        ) : isEmpty(list) ? (
          <p>
            <FormattedMessage id={none} />
          </p>
        ) : (
          children(list)
        )}
      </section>
    </Part>
  );
}
