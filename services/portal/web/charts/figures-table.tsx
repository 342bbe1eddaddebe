import { FormattedMessage, FormattedNumber } from 'react-intl';

import { DateText } from '../components/date-text.js';
import { EnumText } from '../components/enum-text.js';
import { ExternalLink } from '../components/external-link.js';
import { hostOf } from '../model/host-of.js';
import { Table } from '../components/table.js';
import { Text } from '../components/text.js';
import { Unknown } from '../components/unknown.js';
import type { PublishedFigure } from './growth.js';

/** Published figures, each with whom it counts and its source. They are claims, and stand apart from counts. */
export function FiguresTable({ figures }: { readonly figures: readonly PublishedFigure[] }) {
  const head = ['day', 'figureNumber', 'figureCounts', 'figure', 'figureSource'].map((name) => (
    <FormattedMessage key={name} id={`figures.table.${name}`} />
  ));
  return (
    <Table caption={<FormattedMessage id="figures.table.figures" />} head={head}>
      {figures.map((figure) => (
        <tr key={figure.id} className="claim">
          <td>
            <DateText date={figure.asOf} precision={figure.precision} />
          </td>
          <td className="number">
            <FigureNumber {...figure} />
          </td>
          <td>
            {figure.relation === null ? <Unknown /> : <EnumText of="claimRelation" value={figure.relation} />}
            {figure.kind !== null && (
              <>
                {': '}
                <EnumText of="administrationKind" value={figure.kind} />
              </>
            )}
          </td>
          <td>
            <Text value={figure.statement} />
          </td>
          <td>
            <ExternalLink href={figure.source}>{hostOf(figure.source)}</ExternalLink>
          </td>
        </tr>
      ))}
    </Table>
  );
}

/** What is claimed: a number, of how many, or a share. */
export function FigureNumber({ count, outOf, share }: Pick<PublishedFigure, 'count' | 'outOf' | 'share'>) {
  if (count === null)
    return share === null ? <Unknown /> : <FormattedNumber value={share} style="percent" maximumFractionDigits={1} />;
  if (outOf === null) return <FormattedNumber value={count} />;
  return (
    <FormattedMessage
      id="figures.table.figureOf"
      values={{ count: <FormattedNumber value={count} />, total: <FormattedNumber value={outOf} /> }}
    />
  );
}
