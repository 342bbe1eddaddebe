import { FormattedMessage, useIntl } from 'react-intl';

interface SectionLinksProps {
  /** The parts of the page: the fragment of the address that leads to each, and the id of the message of its heading. */
  readonly sections: Readonly<Record<string, string>>;
}

/** Links to the parts of a long page. */
export function SectionLinks({ sections }: SectionLinksProps) {
  return (
    <nav className="filters" aria-label={useIntl().formatMessage({ id: 'common.onThisPage' })}>
      {Object.entries(sections).map(([id, title]) => (
        <a key={id} href={`#${id}`}>
          <FormattedMessage id={title} />
        </a>
      ))}
    </nav>
  );
}
