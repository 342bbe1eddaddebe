/** The formats of the portal besides pages, by the names of their texts: those of `/formats`, with an example for a browser. */
export const formats = {
  lists: { path: '/export/{operation}.{csv|jsonl}', example: '/export/solutions.csv' },
  operations: { path: '/export?query={operation}', example: '/export' },
  feeds: {
    path: '/feeds/{solutions|consortia|needs|users|holders|organisation}.atom',
    example: '/feeds/solutions.atom',
  },
  software: { path: '/v1/{software|publishers|catalogs}', example: '/v1/software' },
  objects: { path: '/id/{id}', example: undefined },
  catalogues: { path: '/dcat/{country}.{jsonld|nt}', example: '/dcat/dk.jsonld' },
  assistants: { path: '/mcp', example: undefined },
} as const;

export type FormatName = keyof typeof formats;

export const formatNames = Object.keys(formats) as FormatName[];
