/** The parameters of a picture: those of its data, and `theme` and `size`. */
export type PictureParameters = Readonly<Record<string, string | null | undefined>>;

/** The address of a picture as SVG. */
export const picturePath = (language: string, name: string, parameters: PictureParameters): string =>
  `/${language}/pictures/${name}.svg${toSearch(parameters)}`;

/** The address of the data of a picture as CSV. */
export const pictureTablePath = (language: string, name: string, parameters: PictureParameters): string =>
  `/${language}/pictures/${name}.csv${toSearch(parameters)}`;

/** The address of a page that contains a picture alone, for other sites. */
export const embedPath = (language: string, name: string, parameters: PictureParameters): string =>
  `/${language}/embed/${name}${toSearch(parameters)}`;

/** The parameters that have a value. */
function toSearch(parameters: PictureParameters): string {
  const given = Object.entries(parameters).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return given.length === 0 ? '' : `?${new URLSearchParams(given).toString()}`;
}
