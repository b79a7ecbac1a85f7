import { expect, it } from 'vitest';
import type { Delivery } from '../../infra/local/store/courier.ts';
import { backOffMs, DeliveryLoop } from '../../infra/local/store/delivery-loop.ts';

const nothing: Delivery = { accepted: 0, duplicates: 0, refused: 0 };

it('waits twice as long after each failure, up to ten seconds', () => {
  const waits = [1, 2, 3, 4, 5, 6, 7, 8, 20].map((failures) => backOffMs(failures, () => 1));

  expect(waits).toEqual([200, 400, 800, 1600, 3200, 6400, 10_000, 10_000, 10_000]);
  expect(backOffMs(3, () => 0)).toBe(400);
});

it('delivers until it is stopped, and not after', async () => {
  let deliveries = 0;
  let reported: (delivery: Delivery) => void = () => {};
  const first = new Promise<Delivery>((resolve) => {
    reported = resolve;
  });
  const loop = new DeliveryLoop(
    async () => {
      deliveries += 1;
      return nothing;
    },
    (delivery) => reported(delivery),
  );

  loop.start();
  expect(await first).toBe(nothing);
  await loop.stop();

  expect(deliveries).toBe(1);
});
