import { useGraphiQL } from '@graphiql/react';
import { GraphiQL, type GraphiQLProps } from 'graphiql';
import type { ExecutionResult } from 'graphql';
import { useEffect } from 'react';
import { createRoot } from 'react-dom/client';

/** What `build.mjs` writes into the page. */
interface Settings {
  readonly workers: Readonly<Record<string, string>> & { readonly editor: string };
  readonly operations: NonNullable<GraphiQLProps['defaultTabs']>;
}

const element = (id: string): HTMLElement => {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no element #${id}`);
  return found;
};

const { workers, operations } = JSON.parse(element('settings').textContent) as Settings;

Object.assign(globalThis, {
  MonacoEnvironment: {
    getWorker: (_moduleId: string, label: string) =>
      new Worker(workers[label] ?? workers.editor, { type: 'module', name: label }),
  },
});

const fetcher: GraphiQLProps['fetcher'] = async (request, options) => {
  const response = await fetch('graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...options?.headers },
    body: JSON.stringify(request),
  });
  return (await response.json()) as ExecutionResult;
};

/** Keeps a visitor's tabs and history apart from those of any other GraphiQL that once ran on this host and port. */
const prefix = 'reuse-graph:';
const storage: NonNullable<GraphiQLProps['storage']> = {
  getItem: (key) => localStorage.getItem(prefix + key),
  setItem: (key, value) => {
    localStorage.setItem(prefix + key, value);
  },
  removeItem: (key) => {
    localStorage.removeItem(prefix + key);
  },
  clear: () => {
    for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key);
  },
  get length() {
    return Object.keys(localStorage).filter((key) => key.startsWith(prefix)).length;
  },
};

/** Puts the cursor into the operation, so that Ctrl-Enter runs it without a click, and shows whole lines in a narrow window. */
const PrepareEditor = () => {
  const editor = useGraphiQL((state) => state.queryEditor);
  useEffect(() => {
    editor?.updateOptions({ wordWrap: 'on' });
    editor?.focus();
  }, [editor]);
  return null;
};

createRoot(element('playground')).render(
  <GraphiQL fetcher={fetcher} storage={storage} defaultTabs={operations} defaultEditorToolsVisibility="variables">
    <GraphiQL.Logo>Reuse Graph</GraphiQL.Logo>
    <PrepareEditor />
  </GraphiQL>,
);
