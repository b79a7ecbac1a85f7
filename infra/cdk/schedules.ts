/** Functions that run every so many minutes. */
import { Duration, Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Schedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { LambdaInvoke } from 'aws-cdk-lib/aws-scheduler-targets';
import { Construct } from 'constructs';
import type { ConnectorFunction } from './connector-function.ts';

/** An EventBridge schedule, with a role that may start this one function. */
export class FunctionSchedule extends Construct {
  constructor({ name, spec, function: target }: ConnectorFunction, everyMinutes: number) {
    super(target, 'Schedule');
    const stack = Stack.of(this);
    const role = new Role(this, 'Role', {
      description: `Starts ${name} every ${everyMinutes} min`,
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: {
          StringEquals: {
            'aws:SourceAccount': stack.account,
            'aws:SourceArn': stack.formatArn({
              service: 'scheduler',
              resource: 'schedule-group',
              resourceName: 'default',
            }),
          },
        },
      }),
    });
    role.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [target.functionArn] }));
    // A run that fails is not repeated, neither by the scheduler nor by Lambda: the next one is due soon. Attempts that
    // were throttled are counted by neither: the scheduler's own limits end when Lambda has taken the event.
    target.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: patience(everyMinutes, spec.timeoutSeconds) });
    new Schedule(this, 'Every', {
      description: spec.description,
      schedule: ScheduleExpression.rate(Duration.minutes(everyMinutes)),
      target: new LambdaInvoke(target, {
        // The target would add every version of the function to the role.
        role: role.withoutPolicyUpdates(),
        retryAttempts: 0,
        maxEventAge: Duration.minutes(1),
      }),
    });
  }
}

/** What Lambda allows for the age of an event, in seconds; six hours unless told. */
const LEAST_AGE = 60;
const GREATEST_AGE = 6 * 3_600;

/**
 * How long a start may wait where the account runs as many functions as it may: so long that its run would be over when
 * the next one is due. Else the starts of hours would come all at once when there is room again, for times long over.
 */
function patience(everyMinutes: number, timeoutSeconds: number): Duration {
  const spare = everyMinutes * 60 - timeoutSeconds;
  return Duration.seconds(Math.min(GREATEST_AGE, Math.max(LEAST_AGE, spare)));
}
