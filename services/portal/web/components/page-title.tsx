import type { ReactNode } from 'react';
import { useIntl } from 'react-intl';

import { Text } from './text.js';

interface PageTitleProps {
  readonly title: string;
  /** The language of the title, if it is a text of a catalogue. */
  readonly lang?: string | null | undefined;
  /** Shown instead of the title in the heading. */
  readonly children?: ReactNode;
}

/** The title of a page: its heading, and the title of the document. */
export function PageTitle({ title, lang, children }: PageTitleProps) {
  const site = useIntl().formatMessage({ id: 'common.site' });
  return (
    <>
      <title>{title === site ? site : `${shorten(title)} – ${site}`}</title>
      <h1>{children ?? <Text value={title} lang={lang} />}</h1>
    </>
  );
}

const maxTitle = 120;
const shorten = (text: string): string => (text.length > maxTitle ? `${text.slice(0, maxTitle)}…` : text);
