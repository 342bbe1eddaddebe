import { ToolbarButton, useGraphiQL, useGraphiQLActions } from '@graphiql/react';
import { GraphiQL, type GraphiQLProps } from 'graphiql';
import type { ExecutionResult } from 'graphql';
import { useEffect, useRef, useState } from 'react';
import { createRoot } from 'react-dom/client';

import { formatLink, parseLink } from './link.js';

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

/** A phone has no room for variables beside an operation and its response: they open with a click. See `app.css`. */
const isNarrow = matchMedia('(max-width: 700px)').matches;

/** The operation of the address has a tab of its own, before those of the page. */
const linked = parseLink(location.search);
const tabs: Settings['operations'] = linked
  ? [{ query: linked.query, variables: linked.variables ?? null }, ...operations]
  : operations;

/**
 * Puts the cursor into the operation, so that Ctrl-Enter runs it without a click. Lets the Tab key leave each editor, which
 * people without a mouse need (WCAG 2.1.2), and shows whole lines in a narrow window.
 */
const PrepareEditors = () => {
  const queryEditor = useGraphiQL((state) => state.queryEditor);
  const variableEditor = useGraphiQL((state) => state.variableEditor);
  const headerEditor = useGraphiQL((state) => state.headerEditor);
  const responseEditor = useGraphiQL((state) => state.responseEditor);
  useEffect(() => {
    for (const editor of [queryEditor, variableEditor, headerEditor, responseEditor])
      editor?.updateOptions({ wordWrap: 'on' });
  }, [queryEditor, variableEditor, headerEditor, responseEditor]);
  useEffect(() => {
    // Monaco has one mode for all editors.
    queryEditor?.trigger('playground', 'editor.action.toggleTabFocusMode', null);
    queryEditor?.focus();
  }, [queryEditor]);
  return null;
};

/** Runs the first operation that a visitor sees. The graph can only be read, so a link changes nothing. */
const RunFirstOperation = () => {
  const areEditorsReady = useGraphiQL((state) =>
    Boolean(state.queryEditor && state.variableEditor && state.responseEditor),
  );
  const actions = useGraphiQLActions();
  const hasRun = useRef(false);
  useEffect(() => {
    if (!areEditorsReady || hasRun.current) return;
    hasRun.current = true;
    actions.run();
  }, [areEditorsReady, actions]);
  return null;
};

const LinkButton = () => {
  const tab = useGraphiQL((state) => state.tabs[state.activeTabIndex]);
  const [isCopied, setCopied] = useState(false);
  const copy = () => {
    const search = formatLink({ query: tab?.query ?? '', variables: tab?.variables ?? undefined });
    history.replaceState(null, '', search);
    void navigator.clipboard.writeText(location.href).then(() => {
      setCopied(true);
    });
  };
  return (
    <ToolbarButton label={isCopied ? 'The link is copied' : 'Copy a link to this operation'} onClick={copy}>
      <svg className="graphiql-toolbar-icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.5">
        <path d="M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1" />
      </svg>
    </ToolbarButton>
  );
};

createRoot(element('playground')).render(
  <GraphiQL
    fetcher={fetcher}
    storage={storage}
    defaultTabs={tabs}
    {...(linked && { initialQuery: linked.query, initialVariables: linked.variables ?? '' })}
    defaultEditorToolsVisibility={isNarrow ? false : 'variables'}
  >
    <GraphiQL.Logo>Reuse Graph</GraphiQL.Logo>
    <GraphiQL.Toolbar>
      {({ prettify, copy, merge }) => (
        <>
          {prettify}
          {merge}
          {copy}
          <LinkButton />
        </>
      )}
    </GraphiQL.Toolbar>
    <PrepareEditors />
    <RunFirstOperation />
  </GraphiQL>,
);
