import type { ComponentType } from 'react';

import type { Loader } from '../model/loader.js';

/** What a picture shows, as a row of a table: null is not known. */
export type PictureRow = Readonly<Record<string, string | number | boolean | null>>;

/** A picture that has an address of its own: `/{language}/pictures/<name>.svg`, and its data at `.csv`. Its parameters are those of its address. */
export interface Picture<Data> {
  readonly load: Loader<Data>;
  readonly Draw: ComponentType<{ readonly data: Data }>;
  /** The data of the picture as rows of one kind, by the names of their columns. */
  readonly rows: (data: Data) => readonly PictureRow[];
  /** The title of the picture where it is embedded, as the id of a message, with the values that it takes of the data. */
  readonly title: { readonly id: string; readonly values: (data: Data) => Readonly<Record<string, string>> };
  /** The page that shows it, without the language. */
  readonly page: (search: URLSearchParams) => string;
}
