import { useIntl } from 'react-intl';

import type { CountPoint, PublishedFigure } from '../charts/growth.js';
import { type GrowingGroup, TimelineChart } from '../charts/timeline-chart.js';
import { firstDay, today } from '../model/days.js';
import type { PageRequest } from '../model/loader.js';
import { timelinePath } from '../model/paths.js';
import { useFigureSources, useSource } from './captions.js';
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
  /** How many more groups of which a solution is known there are. */
  readonly more: number;
}

interface GroupNode {
  readonly id?: string;
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
  readonly first: readonly (GroupNode | null)[] | null;
  readonly others: { readonly totalCount: number; readonly nodes: readonly (GroupNode | null)[] } | null;
}

/** Reads the groups: those of the report first, then the others by name. */
export async function readTimeline({ execute, language, search }: PageRequest): Promise<Timeline> {
  const [from, to] = [search.get('from') || firstDay, search.get('to') || today()];
  const response = await execute<TimelineResponse>('timeline', { first: firstGroups, from, to, language });
  const nodes = [...(response.first ?? []), ...(response.others?.nodes ?? [])].filter((node) => node?.id !== undefined);
  const groups = new Map(nodes.flatMap((node) => (node ? [[node.id, toGroup(node)] as const] : [])));
  const listed = response.others?.nodes.length ?? 0;
  return { from, to, groups: [...groups.values()], more: Math.max(0, (response.others?.totalCount ?? 0) - listed) };
}

const toGroup = ({ growth, claims, existed, id = '', ...group }: GroupNode): TimelineGroup => ({
  ...group,
  id,
  start: existed.start,
  startPrecision: existed.startPrecision,
  end: existed.end,
  series: {
    points: growth ?? [],
    figures: (claims ?? [])
      .filter((figure) => figure !== null)
      .filter(({ solutionAddress }) => solutionAddress === null),
  },
});

function Draw({ data: { from, to, groups } }: { readonly data: Timeline }) {
  const { formatMessage } = useIntl();
  const countries = [...new Set(groups.map(({ country }) => country))].sort();
  const figures = groups.flatMap(({ series }) => series.figures);
  return (
    <TimelineChart
      title={formatMessage({ id: 'figures.title.timeline' }, { from: from.slice(0, 4), to: to.slice(0, 4) })}
      groups={groups}
      caption={[useSource(countries, to), ...useFigureSources(figures)]}
    />
  );
}

export const timeline: Picture<Timeline> = {
  load: readTimeline,
  Draw,
  title: {
    id: 'figures.title.timeline',
    values: ({ from, to }) => ({ from: from.slice(0, 4), to: to.slice(0, 4) }),
  },
  page: () => timelinePath,
};
