import { useIntl } from 'react-intl';

import { HeatMap } from '../charts/heat-map.js';
import { countriesOf, type ReuseCell } from '../charts/matrix.js';
import { formatCountry } from '../components/country-name.js';
import { today } from '../model/days.js';
import type { PageRequest } from '../model/loader.js';
import { acrossBordersPath } from '../model/paths.js';
import { useSource } from './captions.js';
import type { Picture } from './picture.js';

/** Who uses whose solutions on a day. */
export interface ReuseMatrix {
  readonly asOf: string;
  readonly cells: readonly ReuseCell[];
}

/** Reads the use of solutions between countries. */
export async function readReuseMatrix({ execute, found, search }: PageRequest): Promise<ReuseMatrix> {
  const asOf = search.get('asOf') || undefined;
  const { reuseMatrix } = await execute<{ reuseMatrix: readonly ReuseCell[] | null }>('reuse-matrix', { asOf });
  return { asOf: asOf ?? today(), cells: found(reuseMatrix) };
}

function Draw({ data: { asOf, cells } }: { readonly data: ReuseMatrix }) {
  const intl = useIntl();
  return (
    <HeatMap
      title={intl.formatMessage({ id: 'figures.title.matrix' })}
      cells={cells}
      nameOf={(country) => formatCountry(intl, country)}
      caption={[useSource(countriesOf(cells), asOf)]}
    />
  );
}

export const reuseMatrix: Picture<ReuseMatrix> = {
  load: readReuseMatrix,
  Draw,
  rows: ({ cells }) =>
    cells.map(({ publishedIn, usedIn, adoptions, solutions, dated }) => ({
      publishedIn,
      usedIn,
      adoptions,
      solutions,
      dated,
    })),
  title: { id: 'figures.title.matrix', values: () => ({}) },
  page: () => acrossBordersPath,
};
