import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import 'virtual:theme.css';
import './global.css';
import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ApiProblem } from './api/problem.ts';
import { App } from './app.tsx';
import { LocaleProvider } from './i18n/context.tsx';
import { type Config, readConfig } from './session/config.ts';
import { SessionProvider } from './session/session.tsx';
import { theme } from './theme.ts';
import { ProblemNote } from './ui/states.tsx';

const RETRIES = 2;

/** What was refused will be refused again; what did not answer may. */
const isWorthRetrying = (failures: number, error: Error): boolean => {
  if (!(error instanceof ApiProblem)) return false;
  const { status } = error.problem;
  return failures < RETRIES && (status === 0 || status === 429 || status >= 500);
};

const client = new QueryClient({
  defaultOptions: { queries: { retry: isWorthRetrying, staleTime: 2_000 }, mutations: { retry: false } },
});

const schemes = localStorageColorSchemeManager({ key: 'opencart-odoo.scheme' });

function Root({ config, error }: { config?: Config; error?: unknown }) {
  return (
    <StrictMode>
      <MantineProvider
        theme={theme}
        colorSchemeManager={schemes}
        defaultColorScheme="auto"
        withCssVariables={false}
        withGlobalClasses={false}
      >
        <LocaleProvider>
          <Notifications position="bottom-right" containerWidth={400} />
          {config === undefined ? (
            <ProblemNote error={error} retry={() => location.reload()} />
          ) : (
            <QueryClientProvider client={client}>
              <SessionProvider config={config}>
                <App />
              </SessionProvider>
            </QueryClientProvider>
          )}
        </LocaleProvider>
      </MantineProvider>
    </StrictMode>
  );
}

const root = createRoot(document.getElementById('root') as HTMLElement);
readConfig().then(
  (config) => root.render(<Root config={config} />),
  (error: unknown) => root.render(<Root error={error} />),
);
