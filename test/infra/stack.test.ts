/** What is deployed, topic by topic, in one process: synthesizing takes longer than all of these tests. */
import './stack/alarms.ts';
import './stack/api.ts';
import './stack/console.ts';
import './stack/dashboard.ts';
import './stack/dead-letters-alarms.ts';
import './stack/errors-alarms.ts';
import './stack/permissions.ts';
import './stack/resources.ts';
import './stack/safety.ts';
import './stack/second.ts';
