import { useIntl } from 'react-intl';

import type { CountPoint, PublishedFigure } from '../charts/growth.js';
import { type GrowingGroup, TimelineChart } from '../charts/timeline-chart.js';
import { firstDay, today } from '../model/days.js';
import type { PageRequest } from '../model/loader.js';
import { timelinePath } from '../model/paths.js';
import { useFigureSources, useSource } from './captions.js';
import { seriesRows } from './picture-rows.js';
import type { Picture } from './picture.js';

/**
 * The groups that a report of the European Commission named in August 2017 as examples of growing groups of administrations that share
 * IT solutions: OS2, iMio, and Consorzio Sannio with municipalities of Puglia. With them the timeline begins.
 */
const firstGroups = [
  'dk:consortium:41849983',
  'be:consortium:0841470248',
  'it:consortium:sannio-it',
  'it:consortium:puglia-campania-2017',
];

/** A group, with what the page states of it. */
export interface TimelineGroup extends GrowingGroup {
  readonly nameLanguage: string | null;
  readonly status: string | null;
  readonly startPrecision: string | null;
  readonly openTo: { readonly description: string | null; readonly descriptionLanguage: string | null } | null;
}

/** Growing groups between two days. */
export interface Timeline {
  readonly from: string;
  readonly to: string;
  readonly groups: readonly TimelineGroup[];
  /** Groups of which the members or the published figures could not be read. */
  readonly unread: readonly Pick<GroupNode, 'id' | 'name' | 'nameLanguage'>[];
  /** How many more groups of which a solution is known there are. */
  readonly more: number;
}

interface GroupNode {
  readonly id: string;
  readonly name: string;
  readonly nameLanguage: string | null;
  readonly country: string;
  readonly status: string | null;
  readonly existed: {
    readonly start: string | null;
    readonly startPrecision: string | null;
    readonly end: string | null;
  };
  readonly openTo: TimelineGroup['openTo'];
  readonly growth: readonly CountPoint[] | null;
  readonly claims: readonly (PublishedFigure | null)[] | null;
}

interface TimelineResponse {
  // An organisation of another kind has no fields here.
  readonly first: readonly (GroupNode | { readonly id?: undefined } | null)[] | null;
  readonly others: { readonly totalCount: number; readonly nodes: readonly (GroupNode | null)[] } | null;
}

/** Reads the groups: those of the report first, then the others by name. */
export async function readTimeline({ execute, found, language, search }: PageRequest): Promise<Timeline> {
  const [from, to] = [search.get('from') || firstDay, search.get('to') || today()];
  const response = await execute<TimelineResponse>('timeline', { first: firstGroups, from, to, language });
  found(response.first ?? response.others);
  const listed = [...(response.first ?? []), ...(response.others?.nodes ?? [])];
  const nodes = new Map(listed.flatMap((node) => (node?.id === undefined ? [] : [[node.id, node] as const])));
  const { others } = response;
  return {
    from,
    to,
    groups: [...nodes.values()].filter(isRead).map(toGroup),
    unread: [...nodes.values()]
      .filter((node) => !isRead(node))
      .map(({ id, name, nameLanguage }) => ({ id, name, nameLanguage })),
    more: Math.max(0, (others?.totalCount ?? 0) - (others?.nodes.length ?? 0)),
  };
}

/** A group of which a part could not be read must not look like one of which nothing is known. */
interface ReadGroup extends GroupNode {
  readonly growth: NonNullable<GroupNode['growth']>;
  readonly claims: NonNullable<GroupNode['claims']>;
}
const isRead = (node: GroupNode): node is ReadGroup => node.growth !== null && node.claims !== null;

const toGroup = ({ growth, claims, existed, ...group }: ReadGroup): TimelineGroup => ({
  ...group,
  start: existed.start,
  startPrecision: existed.startPrecision,
  end: existed.end,
  series: {
    points: growth,
    figures: claims.filter((figure) => figure !== null).filter(({ solutionAddress }) => solutionAddress === null),
  },
});

function Draw({ data: { from, to, groups, unread } }: { readonly data: Timeline }) {
  const { formatList, formatMessage } = useIntl();
  const countries = [...new Set(groups.map(({ country }) => country))].sort();
  const figures = groups.flatMap(({ series }) => series.figures);
  const names = formatList(unread.map(({ name }) => name));
  const missing = unread.length > 0 ? [formatMessage({ id: 'figures.unread' }, { names })] : [];
  return (
    <TimelineChart
      title={formatMessage({ id: 'figures.title.timeline' }, { from: from.slice(0, 4), to: to.slice(0, 4) })}
      groups={groups}
      caption={[useSource(countries, to), ...useFigureSources(figures), ...missing]}
    />
  );
}

export const timeline: Picture<Timeline> = {
  load: readTimeline,
  Draw,
  rows: ({ groups }) =>
    groups.flatMap(({ id, name, series }) => seriesRows(series).map((row) => ({ id, name, ...row }))),
  title: {
    id: 'figures.title.timeline',
    values: ({ from, to }) => ({ from: from.slice(0, 4), to: to.slice(0, 4) }),
  },
  page: () => timelinePath,
};
