import { FormattedMessage } from 'react-intl';

interface ExportLinksProps {
  /** The name of the stored operation: a file of `operations/lists/`. */
  readonly operation: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** The keys of the list, if the operation has no connection: `organisation.memberships`. */
  readonly list?: string;
  /** The path of an Atom feed of the same list, with its parameters. */
  readonly feed?: string | undefined;
}

/** Links to a list as files, read to its end, and to its feed. They are links to the portal's formats, and no pages. */
export function ExportLinks({ feed, ...list }: ExportLinksProps) {
  return (
    <p className="exports">
      <FormattedMessage id="common.wholeList" />{' '}
      <a href={exportPath(list, 'csv')} download>
        CSV
      </a>{' '}
      <a href={exportPath(list, 'jsonl')} download>
        JSON Lines
      </a>
      {feed !== undefined && (
        <>
          {' '}
          <a href={feed} type="application/atom+xml">
            Atom
          </a>
        </>
      )}
    </p>
  );
}

/** The path of an export, without the variables that have no value. */
export function exportPath({ operation, variables, list }: Omit<ExportLinksProps, 'feed'>, extension: string): string {
  const given = Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== null && value !== ''));
  const parameters = new URLSearchParams({ variables: JSON.stringify(given), ...(list === undefined ? {} : { list }) });
  return `/export/${operation}.${extension}?${parameters.toString()}`;
}

/** The path of the feed of a saved search, without the variables that have no value. */
export function feedPath(name: string, variables: Readonly<Record<string, unknown>>): string {
  const parameters = new URLSearchParams();
  for (const [key, value] of Object.entries(variables)) {
    if (value === null || value === undefined || value === '') continue;
    const isPlain = typeof value === 'string' || Array.isArray(value);
    parameters.set(key, isPlain ? String(value) : JSON.stringify(value));
  }
  return `/feeds/${name}.atom?${parameters.toString()}`;
}
