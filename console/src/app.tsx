import { lazy, Suspense } from 'react';
import { Route, Switch } from 'wouter';
import { Shell } from './layout/shell.tsx';
import { Fence } from './ui/fence.tsx';
import { Loading } from './ui/states.tsx';

const Overview = lazy(() => import('./pages/overview/overview.tsx'));
const Records = lazy(() => import('./pages/records/records.tsx'));
const RecordPage = lazy(() => import('./pages/record/record.tsx'));
const Logs = lazy(() => import('./pages/logs/logs.tsx'));
const OrderStatus = lazy(() => import('./pages/order-status/order-status.tsx'));
const Settings = lazy(() => import('./pages/settings/settings.tsx'));
const Runs = lazy(() => import('./pages/runs/runs.tsx'));
const RunPage = lazy(() => import('./pages/runs/run.tsx'));
const Failures = lazy(() => import('./pages/failures/failures.tsx'));
const Setup = lazy(() => import('./pages/setup/setup.tsx'));
const NotFound = lazy(() => import('./pages/not-found/not-found.tsx'));

/** A record id may hold anything; in the address it is percent-encoded. */
function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** Every address of the console. */
export function App() {
  return (
    <Shell>
      <Fence>
        <Suspense fallback={<Loading />}>
          <Switch>
            <Route path="/" component={Overview} />
            <Route path="/setup" component={Setup} />
            <Route path="/records/:entity">{({ entity }) => <Records key={entity} entity={entity} />}</Route>
            <Route path="/records/:entity/:recordId">
              {({ entity, recordId }) => (
                <RecordPage key={`${entity}/${recordId}`} {...{ entity, recordId: decoded(recordId) }} />
              )}
            </Route>
            <Route path="/orders/:recordId">
              {({ recordId }) => <RecordPage key={recordId} entity="order" recordId={decoded(recordId)} />}
            </Route>
            <Route path="/order-status" component={OrderStatus} />
            <Route path="/settings" component={Settings} />
            <Route path="/runs" component={Runs} />
            <Route path="/runs/:id">{({ id }) => <RunPage key={id} id={id} />}</Route>
            <Route path="/failures" component={Failures} />
            <Route path="/logs" component={Logs} />
            <Route component={NotFound} />
          </Switch>
        </Suspense>
      </Fence>
    </Shell>
  );
}
