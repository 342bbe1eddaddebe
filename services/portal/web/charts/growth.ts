/** A count of a catalogue on a day: of members of a consortium, or of users of a solution. */
export interface CountPoint {
  readonly asOf: string;
  /** Those known by name. */
  readonly count: number;
  /** Those of which the start is recorded. Null if it is not stated. */
  readonly dated: number | null;
  /** Those that count from the day on which a source first showed them. Null if it is not stated. */
  readonly observed: number | null;
  /** Whether all are known. Null if it is not stated. */
  readonly complete: boolean | null;
}

/** A figure that someone published: `Claim` in the graph. */
export interface PublishedFigure {
  readonly id: string;
  readonly statement: string;
  readonly relation: string | null;
  readonly kind: string | null;
  readonly count: number | null;
  readonly outOf: number | null;
  readonly share: number | null;
  readonly asOf: string | null;
  readonly precision: string | null;
  readonly publishedOn: string | null;
  readonly source: string;
  readonly solutionAddress: string | null;
}

/** A published figure with a day and a number, which can stand beside the counts. */
export interface PlacedFigure extends PublishedFigure {
  readonly asOf: string;
  readonly count: number;
}

export interface GrowthSeries {
  readonly points: readonly CountPoint[];
  readonly figures: readonly PublishedFigure[];
}

/**
 * The published figures that count the same as the points, and their number. Those that count something else, such as
 * inhabitants that are served, would need another axis; those without a day have no place. Both are in the table.
 */
export function placeFigures(
  figures: readonly PublishedFigure[],
  relation: 'MEMBERS' | 'USERS',
  { from, to }: { readonly from: string; readonly to: string },
): PlacedFigure[] {
  const isPlaced = (figure: PublishedFigure): figure is PlacedFigure =>
    figure.relation === relation &&
    figure.count !== null &&
    figure.asOf !== null &&
    figure.asOf >= from &&
    figure.asOf <= to;
  return figures.filter(isPlaced).sort((one, other) => one.asOf.localeCompare(other.asOf));
}

/** Of several figures of a day, such as all members and those of each kind, the highest: for pictures with little room. */
export function highestOfEachDay(figures: readonly PlacedFigure[]): PlacedFigure[] {
  const days = new Map<string, PlacedFigure>();
  for (const figure of figures) if (figure.count > (days.get(figure.asOf)?.count ?? -1)) days.set(figure.asOf, figure);
  return [...days.values()];
}

/** The highest number of a picture. */
export const highest = (points: readonly CountPoint[], figures: readonly PlacedFigure[]): number =>
  Math.max(0, ...points.map(({ count }) => count), ...figures.map(({ count }) => count));

/** The first and the last day of a series. */
export function rangeOf(points: readonly CountPoint[]): { readonly from: string; readonly to: string } | undefined {
  const [first] = points;
  const last = points.at(-1);
  return first && last && first.asOf < last.asOf ? { from: first.asOf, to: last.asOf } : undefined;
}
