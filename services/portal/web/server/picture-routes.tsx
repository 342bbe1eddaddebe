import { HttpError } from '../../../kit/http-error.js';
import { toCsv } from '../../export/to-csv.js';
import type { Sender } from '../../gateway/gateway-client.js';
import type { Route } from '../../http/route.js';
import { type Size, sizes, type Theme, themes } from '../charts/look.js';
import { describeMissing } from '../components/missing-catalogues.js';
import { createTexts } from '../components/texts.js';
import { type Language, languages } from '../model/languages.js';
import { drawPicture } from '../pictures/draw-picture.js';
import type { Picture, PictureRow } from '../pictures/picture.js';
import { pictures } from '../pictures/pictures.js';
import type { Assets } from './assets.js';
import { type LoadOptions, loadPage } from './load-page.js';
import type { MessageFiles } from './message-files.js';
import { embedHeaders } from './page-headers.js';
import { renderEmbed } from './render-embed.js';

interface PictureOptions extends Omit<LoadOptions, 'sender'> {
  readonly messageFiles: MessageFiles;
  readonly assets: Assets;
}

/** A picture runs nothing and loads nothing, also where it is opened by itself. */
const pictureHeaders = {
  'content-security-policy': "default-src 'none'; sandbox",
  'x-content-type-options': 'nosniff',
  // Pages show the same picture in two themes and two sizes, and other sites show it to many readers.
  'cache-control': 'public, max-age=300',
} as const;

/**
 * What a client is charged for a picture besides its data: the first map of some countries takes up to 45 ms to draw, and a budget is about what two processors
 * do in its time.
 */
const drawingCost = 800;

/** The pictures of pages as files, and as pages that other sites show in a frame. */
export function pictureRoutes({ messageFiles, assets, ...reading }: PictureOptions): Route[] {
  const inLanguage = (language: Language): Route[] => {
    const messages = messageFiles.of(language, ['common', 'enums', 'charts', 'figures']);
    const load = async (picture: Picture<never>, search: URLSearchParams, sender: Sender) => {
      const { data, missing } = await loadPage(picture.load, { language, search, params: {} }, { ...reading, sender });
      const intl = createTexts(language, messages);
      return { data, notes: describeMissing(intl, missing), intl };
    };
    return [
      {
        path: `/${language}/pictures/:name`,
        get: async (request, response, sender) => {
          const file = String(request.params['name']);
          const name = file.replace(/\.(?:svg|csv)$/, '');
          const picture = find(name);
          const search = searchOf(request.originalUrl);
          const { data, notes } = await load(picture, search, sender);
          if (file.endsWith('.csv')) {
            response.set({ 'cache-control': 'no-cache', 'content-disposition': `attachment; filename="${name}.csv"` });
            response.type('text/csv').send(toTable(picture.rows(data as never), notes));
            return;
          }
          const theme = choose<Theme>(search, 'theme', themes);
          const size = choose<Size>(search, 'size', sizes);
          await sender.chargeRest(drawingCost);
          const svg = drawPicture(picture, data, { language, messages, theme, size, notes });
          response.set(pictureHeaders);
          // What is missing may be there in a moment.
          if (notes.length > 0) response.set('cache-control', 'no-cache');
          response.type('image/svg+xml').send(svg);
        },
      },
      {
        path: `/${language}/embed/:name`,
        get: async (request, response, sender) => {
          const name = String(request.params['name']);
          const picture = find(name);
          const search = searchOf(request.originalUrl);
          const { data, notes, intl } = await load(picture, search, sender);
          const title = intl.formatMessage({ id: picture.title.id }, picture.title.values(data as never));
          const html = renderEmbed({
            language,
            messages,
            assets,
            name,
            search,
            title,
            notes,
            page: picture.page(search),
          });
          response.set(embedHeaders).type('html').send(html);
        },
      },
    ];
  };
  return languages.flatMap(inLanguage);
}

/** The data of a picture as CSV, with what is missing in its first line, as in an export. */
function toTable(rows: readonly PictureRow[], notes: readonly string[]): string {
  const columns = Object.keys(rows[0] ?? {});
  return [
    notes.length > 0 ? `# incomplete: ${notes.join(' ')}\r\n` : '',
    toCsv([columns, ...rows.map((row) => columns.map((column) => String(row[column] ?? '')))]),
  ].join('');
}

function find(name: string): Picture<never> {
  const picture = pictures.get(name);
  if (!picture) {
    const known = [...pictures.keys()].join(', ');
    throw new HttpError(`The picture does not exist. The pictures are: ${known}.`, { status: 404, code: 'NOT_FOUND' });
  }
  return picture;
}

/** A parameter with one of several values. The first is its default. */
function choose<Value extends string>(
  search: URLSearchParams,
  name: string,
  values: readonly [Value, ...Value[]],
): Value {
  const value = search.get(name) ?? values[0];
  const chosen = values.find((each) => each === value);
  if (chosen === undefined)
    throw new HttpError(`${name} must be ${values.join(' or ')}.`, { status: 400, code: 'BAD_REQUEST' });
  return chosen;
}

const searchOf = (address: string): URLSearchParams => new URL(address, 'http://portal').searchParams;
